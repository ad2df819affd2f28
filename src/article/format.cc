// Takes bytes and a name, gives what kind of document they are, and their text as UTF-8 with the way back. Entries:
// detect, decode. Content decides before the name does; what holds NUL or control bytes like a program is unknown.
#include <algorithm>
#include <array>

#include "article/reading.h"
#include "base/strings.h"
#include "html/tokenizer.h"
#include "mail/message.h"
#include "text/charset.h"

namespace sekisho::article {
namespace {

constexpr size_t kHead = 4096;  // bytes that tell the kind

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
  for (const std::string_view e : endings)
    if (name.size() >= e.size() && iequals(name.substr(name.size() - e.size()), e)) return true;
  return false;
}

// A block of header fields with two names that mails have.
bool looks_like_mail(std::string_view bytes) {
  if (bytes.empty() || !(is_alpha(bytes[0]))) return false;
  Limits limits;
  limits.headers = 64;
  const mail::HeaderBlock block = mail::slice_headers(bytes.substr(0, 64u << 10), limits);
  if (block.malformed_lines > 0 || block.fields.size() < 2) return false;
  int known = 0;
  for (const std::string_view name : {"From", "To", "Subject", "Date", "Received", "MIME-Version", "Message-ID",
                                      "Return-Path", "Content-Type", "Reply-To", "DKIM-Signature"})
    known += block.first(name) != nullptr;
  // "Subject:" and "From:" may head a text that is no mail; the blank line after the header is what makes one.
  return known >= 3 || (known == 2 && block.first("From") != nullptr && block.body_offset < bytes.size());
}

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return bytes;
}

// The first element that opens the document.
bool begins_with_element(std::string_view head, std::initializer_list<std::string_view> names) {
  html::Tokenizer tokens(head);
  for (int n = 0; n < 16; ++n) {
    const html::Token token = tokens.next();
    if (token.kind == html::TokenKind::end) return false;
    // What is left of an XML document type with declarations in it.
    if (token.kind == html::TokenKind::text && trim(token.view) == "]>") continue;
    if (token.kind == html::TokenKind::text && !trim(token.view).empty()) return false;
    if (token.kind != html::TokenKind::start_tag) continue;
    for (const std::string_view name : names)
      if (iequals(token.view, name)) return true;
    return false;
  }
  return false;
}

bool looks_like_html(std::string_view head) {
  if (ifind(head, "<!doctype html") != std::string_view::npos) return true;
  if (begins_with_element(head, {"html", "head", "body",  "article",    "main",   "div",    "table", "p",      "h1",
                                 "h2",   "meta", "title", "section",    "style",  "script", "link",  "header", "nav",
                                 "span", "ul",   "ol",    "blockquote", "center", "font",   "img",   "a",      "b"}))
    return true;
  return ifind(head, "<html") != std::string_view::npos && ifind(head, "<body") != std::string_view::npos;
}

// Two signs of Markdown that other text does not have.
bool looks_like_markdown(std::string_view head) {
  int signs = 0;
  bool line_start = true;
  for (size_t i = 0; i < head.size(); ++i) {
    if (line_start) {
      const std::string_view line = head.substr(i);
      size_t hashes = 0;
      while (hashes < line.size() && line[hashes] == '#') ++hashes;
      if (hashes >= 1 && hashes <= 6 && hashes < line.size() && line[hashes] == ' ') signs += i == 0 ? 2 : 1;
      if (line.starts_with("```") || line.starts_with("|--") || line.starts_with("| --")) ++signs;
    }
    line_start = head[i] == '\n';
    if (head[i] == ']' && i + 1 < head.size() && head[i + 1] == '(') ++signs;
  }
  return signs >= 2;
}

// UTF-16 without its mark: every other byte is NUL nearly everywhere.
std::string_view utf16_of(std::string_view bytes) {
  if (bytes.starts_with("\xFE\xFF")) return "utf-16be";
  if (bytes.starts_with("\xFF\xFE")) return "utf-16le";
  const std::string_view head = bytes.substr(0, 512);
  std::array<size_t, 2> zero{};
  for (size_t i = 0; i < head.size(); ++i) zero[i % 2] += head[i] == '\0';
  const size_t half = head.size() / 2;
  if (half < 8) return {};
  // Markup and line ends are ASCII in any language; the other half has no NUL.
  if (zero[0] * 4 > half && zero[1] == 0) return "utf-16be";
  if (zero[1] * 4 > half && zero[0] == 0) return "utf-16le";
  return {};
}

bool looks_binary(std::string_view bytes) {
  if (!utf16_of(bytes).empty()) return false;
  for (const std::string_view magic : {"PK\x03\x04",
                                       "\x7F"
                                       "ELF",
                                       "\x89PNG", "\xFF\xD8\xFF", "GIF8", "\xD0\xCF\x11\xE0", "\x1F\x8B", "MZ"})
    if (bytes.starts_with(magic) && (magic != "MZ" || bytes.substr(0, kHead).find('\0') != std::string_view::npos))
      return true;
  const std::string_view head = bytes.substr(0, kHead);
  size_t control = 0;
  for (const char c : head) {
    const auto u = static_cast<unsigned char>(c);
    control += u < 0x20 && !is_space(c) && u != 0x1B && u != 0x0E && u != 0x0F;
  }
  return control * 20 > head.size();
}

// Line k of the text is line k of the bytes: all charsets of ASCII's family keep the line feed to itself.
void mark_lines(std::string_view bytes, uint32_t base, Content& content) {
  size_t in = 0, out = 0;
  content.marks.push_back({0, base});
  for (;;) {
    const size_t next_in = bytes.find('\n', in), next_out = content.text.find('\n', out);
    if (next_in == std::string_view::npos || next_out == std::string::npos) break;
    in = next_in + 1, out = next_out + 1;
    content.marks.push_back({static_cast<uint32_t>(out), base + static_cast<uint32_t>(in)});
  }
}

void mark_units(uint32_t base, Content& content) {
  uint32_t offset = base;
  size_t count = 0;
  for (size_t i = 0; i < content.text.size(); ++count) {
    if (count % 8 == 0 || content.text[i - 1] == '\n') content.marks.push_back({static_cast<uint32_t>(i), offset});
    offset += text::next_utf8(content.text, i) > 0xFFFF ? 4 : 2;
  }
}

}  // namespace

std::string_view to_string(Format format) {
  switch (format) {
    case Format::unknown:
      return "unknown";
    case Format::text:
      return "text";
    case Format::html:
      return "html";
    case Format::markdown:
      return "markdown";
    case Format::mail:
      return "mail";
    case Format::pdf:
      return "pdf";
    case Format::feed:
      return "feed";
  }
  return "unknown";
}

std::string_view to_string(Passage::Kind kind) {
  switch (kind) {
    case Passage::Kind::title:
      return "title";
    case Passage::Kind::meta:
      return "meta";
    case Passage::Kind::heading:
      return "heading";
    case Passage::Kind::paragraph:
      return "paragraph";
    case Passage::Kind::item:
      return "item";
    case Passage::Kind::cell:
      return "cell";
    case Passage::Kind::quote:
      return "quote";
    case Passage::Kind::code:
      return "code";
  }
  return "paragraph";
}

Format detect(std::string_view bytes, std::string_view name) {
  std::string unpacked;
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return Format::pdf;
  if (looks_binary(bytes)) return Format::unknown;
  if (const std::string_view wide = utf16_of(bytes); !wide.empty()) {
    unpacked = text::decode_as_labelled(bytes.substr(0, 2 * kHead), wide).utf8;
    bytes = unpacked;
  }
  bytes = without_mark(bytes);
  size_t blank = 0;
  while (blank < bytes.size() && is_space(bytes[blank])) ++blank;
  const std::string_view body = bytes.substr(blank), head = body.substr(0, kHead);
  if (head.starts_with("<") && begins_with_element(head, {"rss", "feed", "rdf:RDF"})) return Format::feed;
  if (body.starts_with("From ") || looks_like_mail(body)) return Format::mail;
  if (ends_with_any(name, {".md", ".markdown"})) return Format::markdown;
  if (looks_like_html(head) || ends_with_any(name, {".html", ".htm", ".xhtml"})) return Format::html;
  if (ends_with_any(name, {".eml"})) return Format::mail;
  if (!ends_with_any(name, {".txt"}) && looks_like_markdown(head)) return Format::markdown;
  return Format::text;
}

Content decode(std::string_view bytes, std::string_view label, uint32_t base) {
  Content content;
  const std::string_view whole = bytes;
  const std::string_view wide = utf16_of(bytes);
  if (wide.empty()) bytes = without_mark(bytes);
  else if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE")) bytes.remove_prefix(2);
  base += static_cast<uint32_t>(whole.size() - bytes.size());
  text::Decoded decoded = text::decode_as_labelled(bytes, wide.empty() ? label : wide);
  content.text = std::move(decoded.utf8);
  content.charset = std::move(decoded.charset);
  if (content.text == bytes) {
    if (base != 0) content.marks.push_back({0, base});
  } else if (!wide.empty()) {
    mark_units(base, content);
  } else {
    mark_lines(bytes, base, content);
  }
  return content;
}

}  // namespace sekisho::article
