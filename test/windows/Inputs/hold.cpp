// hold.exe FILE SHARING COMMAND…: opens FILE as an editor does, executes
// COMMAND and returns its status. SHARING is "none" or "all": what other
// programs may do with the file in the meantime.

#include <process.h>
#include <stdio.h>
#include <windows.h>

int wmain(int, wchar_t **Args) {
  DWORD Sharing = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  if (lstrcmpW(Args[2], L"none") == 0)
    Sharing = FILE_SHARE_READ;
  HANDLE H = CreateFileW(Args[1], GENERIC_READ, Sharing, nullptr, OPEN_EXISTING,
                         0, nullptr);
  if (H == INVALID_HANDLE_VALUE) {
    fprintf(stderr, "hold: error %lu\n", GetLastError());
    return 99;
  }
  return static_cast<int>(_wspawnv(_P_WAIT, Args[3], Args + 3));
}
