# Makes the step that owns STAMP run again where FILE, which it wrote, is gone.
if(NOT EXISTS "${FILE}")
  file(REMOVE "${STAMP}")
endif()
