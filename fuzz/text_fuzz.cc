// Charsets, normaliser, skeleton, reader and phrase matcher on any bytes: the first byte chooses the label, the first
// line the phrases.
#include <cstdlib>

#include "text/charset.h"
#include "text/normalize.h"
#include "text/phrases.h"
#include "text/reading.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sekisho::text;
  if (size < 2) return 0;
  static constexpr std::string_view kLabels[] = {
      "",           "utf-8",   "utf-16", "utf-7",  "shift_jis", "euc-jp",       "iso-2022-jp", "iso-2022-kr",
      "hz-gb-2312", "gb18030", "big5",   "euc-kr", "koi8-r",    "windows-1252", "us-ascii",    "nothing"};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Decoded decoded = decode_as_labelled(bytes, kLabels[data[0] % std::size(kLabels)]);
  require(is_utf8(decoded.utf8));

  const Normalized normal = normalize(decoded.utf8);
  require(is_utf8(normal.text));
  uint32_t last = 0;
  for (uint32_t i = 0; i < normal.text.size(); ++i) {
    const uint32_t from = normal.source_offset(i);
    require(from < decoded.utf8.size());
    if ((static_cast<unsigned char>(normal.text[i]) & 0xC0) == 0x80) continue;
    require(from >= last);
    last = from;
  }
  require(normal.source_offset(static_cast<uint32_t>(normal.text.size())) == decoded.utf8.size());
  require(is_utf8(normalize(bytes).text));  // ill-formed as it is

  require(is_utf8(skeleton(std::string_view(decoded.utf8).substr(0, 300))));
  scripts(decoded.utf8);
  japanese_share(decoded.utf8);
  display_width(decoded.utf8);

  Phrases phrases;
  const size_t line = bytes.find('\n');
  std::string_view list = bytes.substr(0, line == std::string_view::npos ? 0 : line);
  for (int n = 0; n < 20 && !list.empty(); ++n) {
    const size_t comma = list.find(',');
    phrases.add(list.substr(0, comma));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
  }
  phrases.build();
  uint32_t end = 0;
  for (const auto& hit : phrases.find(normal.text)) {
    require(hit.offset + hit.length <= normal.text.size() && hit.length > 0);
    require(hit.offset + hit.length >= end);
    end = hit.offset + hit.length;
  }
  phrases.find(bytes);

  Reader reader;
  for (std::string_view rest = bytes.substr(0, std::min<size_t>(bytes.size(), 200)); rest.size() > 4;) {
    // Pairs come from packs, which are UTF-8.
    reader.spelling(normalize(rest.substr(0, 2)).text, normalize(rest.substr(2, 2)).text);
    rest.remove_prefix(4);
  }
  reader.build();
  for (const char* word : {"password", "account", "your", "verify"}) reader.word(word);
  const Reading reading = reader.read(normal.text);
  uint32_t before = 0;
  for (uint32_t i = 0; i <= reading.text.size(); ++i) {
    const uint32_t from = reading.source_start(i), to = reading.source_end(i);
    require(from >= before && from <= normal.text.size() && to >= from && to <= normal.text.size());
    before = from;
  }
  reading.disguised(0, static_cast<uint32_t>(reading.text.size()));
  reader.read(bytes);
  return 0;
}
