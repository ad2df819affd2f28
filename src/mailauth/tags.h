// Tag lists (RFC 6376 section 3.2): "v=1; a=rsa-sha256; …", as signatures, keys and DMARC records have them; and the
// base64 in them. Views what it reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::mailauth {

struct Tag {
  std::string_view name;   // as written
  std::string_view value;  // without white space at its ends
};

class Tags {
 public:
  // nullopt: not a tag list, a name twice, more than 100 tags, or over Limits::header_bytes. loose: nothing between two
  // semicolons is passed over, as records in DNS have it.
  static std::optional<Tags> read(std::string_view text, bool loose = false);
  std::optional<std::string_view> find(std::string_view name) const;  // case matters
  std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view()); }
  const std::vector<Tag>& all() const { return tags_; }

 private:
  std::vector<Tag> tags_;
};

// White space inside is passed over, as folding leaves it. nullopt: not base64, or nothing.
std::optional<std::string> from_base64(std::string_view text);
std::optional<uint64_t> tag_number(std::string_view text);  // 1 to 12 digits
std::string without_space(std::string_view text);
// "a : b : c" at colons, without white space and empty pieces.
std::vector<std::string> colon_list(std::string_view text);

}  // namespace sekisho::mailauth
