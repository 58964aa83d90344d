#include "by-hand.h"
#include "public/leanclr.hpp"
#include "vm/rt_string.h"

std::string toUtf8(leanclr::vm::RtString *string) {
  const auto *units = leanclr::vm::String::get_chars_ptr(string);
  std::int32_t length = leanclr::vm::String::get_length(string);
  std::string text;
  text.reserve(static_cast<std::size_t>(length));
  for (std::int32_t i = 0; i < length; ++i) {
    if (units[i] < 0x80) {
      text.push_back(static_cast<char>(units[i]));
    } else if (units[i] < 0x800) {
      text.push_back(static_cast<char>(0xC0 | (units[i] >> 6)));
      text.push_back(static_cast<char>(0x80 | (units[i] & 0x3F)));
    } else {
      text.push_back(static_cast<char>(0xE0 | (units[i] >> 12)));
      text.push_back(static_cast<char>(0x80 | ((units[i] >> 6) & 0x3F)));
      text.push_back(static_cast<char>(0x80 | (units[i] & 0x3F)));
    }
  }
  return text;
}
