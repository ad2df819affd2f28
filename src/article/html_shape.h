// The shape of a page: which stretch of its HTML stands in which kind of block, and in what part of the page; and what
// the page says of itself for machines. article/ only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "article/words.h"

namespace sekisho::article {

// An element that decides about what stands in it.
struct Part {
  enum class What : uint8_t { root, furniture, maybe_furniture, unseen, article, body, main, meta } what = What::root;
  int parent = -1;
  size_t prose = 0;     // bytes of text in it that are no links
  bool titled = false;  // holds the page's title
};

struct Segment {  // from here to the next one
  uint32_t offset = 0;
  uint32_t block = 0;  // another number: another block
  int part = 0;
  Passage::Kind kind = Passage::Kind::paragraph;
  bool linked = false;  // within <a>
  bool soft = false;    // the block began with a single <br>
  bool h1 = false;
};

struct Comment {
  uint32_t offset = 0, length = 0;
  std::string_view text;
};

struct Shape {
  std::vector<Part> parts;  // [0]: the page
  std::vector<Segment> segments;
  std::vector<Comment> comments;
  struct Alt {
    uint32_t offset;
    std::string text;
  };
  std::vector<Alt> alts;  // alt and title attributes
  struct Time {
    uint32_t offset;
    std::string value;
    bool published;
    int part;
  };
  std::vector<Time> times;
  std::map<std::string, std::string> meta;  // lower-case name → content; also "ld:datePublished" … of JSON-LD
  std::string canonical, language;
  bool within(int part, Part::What what) const;
};

Shape read_shape(std::string_view html, const Words::Impl& words);

}  // namespace sekisho::article
