// The functions of the table use these. See README.md.

#ifndef RUNTIMES_SUPPORT_H
#define RUNTIMES_SUPPORT_H

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ilbridge/export.h>

/// Records whether a value is the expected one.
void want(bool IsRight);

// Program.cs calls these before and after each case.
extern "C" {
ILBRIDGE_EXPORT void runtimes_begin();
ILBRIDGE_EXPORT int32_t runtimes_wanted();
ILBRIDGE_EXPORT int32_t runtimes_missed();
}

template <typename Char> bool equal(const Char *A, const Char *B) {
  while (*A && *A == *B)
    ++A, ++B;
  return *A == *B;
}

/// Allocates memory that the runtime frees.
template <typename T> T *copy(const T *From, std::size_t Count) {
  auto *Copy = static_cast<T *>(std::malloc(Count * sizeof(T)));
  std::memcpy(Copy, From, Count * sizeof(T));
  return Copy;
}
template <typename Char> Char *copy(const Char *Text) {
  std::size_t Length = 0;
  while (Text[Length])
    ++Length;
  return copy(Text, Length + 1);
}

#ifdef WITH_MONO
#include <mono/metadata/appdomain.h>
#include <mono/metadata/object.h>

/// Returns true if a string object has that text.
inline bool equal(MonoString *A, const char16_t *B) {
  return equal(reinterpret_cast<const char16_t *>(mono_string_chars(A)), B);
}
/// Returns true if an object's class has that name.
inline bool isInstance(void *Object, const char *ClassName) {
  return equal(mono_class_get_name(
                   mono_object_get_class(static_cast<MonoObject *>(Object))),
               ClassName);
}
#endif

#endif
