# Debian's compiler for 64-bit Windows, with the threads of C++. Nothing of the
# machine that compiles is linked or included.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR AMD64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
set(CMAKE_FIND_ROOT_PATH
  /usr/x86_64-w64-mingw32
  ${CMAKE_CURRENT_LIST_DIR}/../build/windows-libraries/installed)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ZLIB_USE_STATIC_LIBS ON)
# Objects have more than 65,535 sections, and GCC 12 warns where a string begins
# with a literal.
set(CMAKE_CXX_FLAGS_INIT "-Wa,-mbig-obj -Wno-restrict")
# Equal inputs produce equal bytes.
set(CMAKE_EXE_LINKER_FLAGS_INIT -Wl,--no-insert-timestamp)
