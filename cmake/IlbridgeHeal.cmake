# Makes the step that writes STAMP run again if FILE, which it also wrote, is
# missing.
if(NOT EXISTS "${FILE}")
  file(REMOVE "${STAMP}")
endif()
