// Takes the value of an Authentication-Results field, gives its results. Entry: parse_authres. Refuses what cannot be
// read, with its span.
#include "mailauth/authres.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::mailauth {
namespace {

constexpr size_t kMost = 500;  // results of one field, and properties of one result

class Parser {
 public:
  explicit Parser(std::string_view in) : in_(in) {}

  Result<AuthResults> run() {
    comments_ = &out_.comments;
    skip();
    if (done()) return fail("authres.empty", "The field has no value");
    TRY(head());
    while (!done()) {
      skip();
      if (done()) break;
      if (in_[at_] == ';') {
        ++at_;
        continue;
      }
      if (out_.results.size() >= kMost) return fail_at("authres.limit", "There are more than 500 results", "", here(1));
      TRY(result());
    }
    return std::move(out_);
  }

 private:
  bool done() const { return at_ >= in_.size(); }
  bool next_is(char c) const { return !done() && in_[at_] == c; }
  Span here(size_t length) const {
    return {static_cast<uint32_t>(at_), static_cast<uint32_t>(std::min(length, in_.size() - at_))};
  }
  std::unexpected<Error> unreadable(size_t from, std::string text) const {
    size_t end = std::min(in_.find(';', from), in_.size());
    if (end == from) end = std::min(from + 1, in_.size());
    return fail_at("authres.syntax", std::move(text), "",
                   {static_cast<uint32_t>(from), static_cast<uint32_t>(end - from)});
  }

  // White space, folding and comments (RFC 5322 section 3.2.2). An unclosed comment runs to the end.
  void skip() {
    while (!done()) {
      if (is_space(in_[at_])) {
        ++at_;
      } else if (in_[at_] == '(') {
        std::string text;
        size_t depth = 0;
        for (; at_ < in_.size(); ++at_) {
          const char c = in_[at_];
          if (c == '\\' && at_ + 1 < in_.size()) {
            text += in_[++at_];
            continue;
          }
          if (c == '(' && ++depth == 1) continue;
          if (c == ')' && --depth == 0) break;
          text += c == '\r' || c == '\n' || c == '\t' ? ' ' : c;
        }
        at_ = std::min(at_ + 1, in_.size());
        if (comments_->size() < kMost) comments_->emplace_back(trim(text));
      } else {
        return;
      }
    }
  }

  // A quoted string, or everything up to white space, ';', '(' or one of `stops`.
  std::string word(std::string_view stops) {
    std::string out;
    if (next_is('"')) {
      for (++at_; !done() && in_[at_] != '"'; ++at_) {
        if (in_[at_] == '\\' && at_ + 1 < in_.size()) ++at_;
        if (in_[at_] != '\r' && in_[at_] != '\n') out += in_[at_];
      }
      if (!done()) ++at_;
      if (next_is('@')) out += word(stops);  // "local part"@domain
      return out;
    }
    while (!done() && !is_space(in_[at_]) && in_[at_] != ';' && in_[at_] != '(' &&
           stops.find(in_[at_]) == std::string_view::npos)
      out += in_[at_++];
    return out;
  }

  static bool keyword(std::string_view s) {
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return is_alnum(c) || c == '-' || c == '_'; });
  }

  // The digits at the place, 1 if there are none.
  uint32_t number() {
    uint32_t n = 0;
    const size_t begin = at_;
    while (!done() && is_digit(in_[at_]) && at_ - begin < 6) n = n * 10 + static_cast<uint32_t>(in_[at_++] - '0');
    return at_ == begin ? 1 : n;
  }

  // authserv-id [version]. A field that starts with a result instead has none.
  Result<bool> head() {
    const size_t begin = at_;
    std::string id = word("=");
    skip();
    if (next_is('=')) {
      ++at_;
      skip();
      const size_t digits = at_;
      const uint32_t instance = number();
      skip();
      if (iequals(id, "i") && at_ > digits && next_is(';')) {  // the instance of an ARC set; the authserv-id follows
        out_.instance = instance;
        ++at_;
        skip();
        if (!done()) return head_after_instance();
        return true;
      }
      at_ = begin;  // no authserv-id: read it as a result
      out_.comments.clear();
      return true;
    }
    return head_end(begin, std::move(id));
  }

  Result<bool> head_after_instance() {
    const size_t begin = at_;
    std::string id = word("=");
    skip();
    if (next_is('=')) {
      at_ = begin;
      return true;
    }
    return head_end(begin, std::move(id));
  }

  Result<bool> head_end(size_t begin, std::string id) {
    if (id.empty()) {
      if (next_is(';')) return true;  // "; none"
      return unreadable(begin, "This is neither an authserv-id nor a result");
    }
    out_.authserv_id = std::move(id);
    if (!done() && is_digit(in_[at_])) {
      out_.version = number();
      skip();
    }
    if (!done() && !next_is(';')) {
      // "example.com spf=pass": the semicolon is missing. Only a result may follow.
      const size_t after = at_;
      const std::string name = word("=/");
      skip();
      const bool reads_as_result = keyword(name) && (next_is('=') || next_is('/'));
      at_ = after;
      if (!reads_as_result) return unreadable(after, "This follows the authserv-id and is not a result");
    }
    return true;
  }

  Result<bool> result() {
    const size_t begin = at_;
    MethodResult r;
    comments_ = &r.comments;
    r.method = ascii_lower(word("=/"));
    skip();
    if (iequals(r.method, "none") && (done() || next_is(';'))) {
      out_.none = true;
      comments_ = &out_.comments;
      return true;
    }
    if (!keyword(r.method)) return unreadable(begin, "This is not the name of a method");
    if (next_is('/')) {
      ++at_;
      skip();
      r.version = number();
      skip();
    }
    if (!next_is('=')) return unreadable(begin, "A method's name has to be followed by '='");
    ++at_;
    skip();
    const size_t result_at = at_;
    r.result = ascii_lower(word("="));
    if (!keyword(r.result)) return unreadable(result_at, "This is not the name of a result");
    for (skip(); !done() && !next_is(';'); skip()) {
      if (r.properties.size() >= kMost)
        return fail_at("authres.limit", "There are more than 500 properties", "", here(1));
      TRY(property(r));
    }
    r.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_ - begin)};
    comments_ = &out_.comments;
    out_.results.push_back(std::move(r));
    return true;
  }

  // reason=value, ptype.property=value, or name=value.
  Result<bool> property(MethodResult& r) {
    const size_t begin = at_;
    std::string name = ascii_lower(word("=."));
    skip();
    Property p;
    if (next_is('.')) {
      ++at_;
      skip();
      p.ptype = std::move(name);
      p.property = ascii_lower(word("="));
      skip();
    } else {
      p.property = std::move(name);
    }
    if (p.property.empty() || !next_is('=')) return unreadable(begin, "A property needs a name, '=' and a value");
    ++at_;
    // A value that is missing ("smtp.helo= ;" or "smtp.mailfrom= header.d=…") is empty; a fold or comment may stand
    // before it.
    const size_t after = at_;
    skip();
    const size_t value_at = at_;
    p.value = word("");
    if (value_at > after && starts_property(p.value)) {
      p.value.clear();
      at_ = after;
    }
    if (p.ptype.empty() && p.property == "reason") r.reason = std::move(p.value);
    else r.properties.push_back(std::move(p));
    return true;
  }

  // "header.d=x" where a value was expected: the value before it is missing.
  static bool starts_property(std::string_view s) {
    for (std::string_view ptype : {"smtp.", "header.", "policy.", "body."})
      if (istarts_with(s, ptype) && s.find('=') != std::string_view::npos) return true;
    return false;
  }

  std::string_view in_;
  size_t at_ = 0;
  AuthResults out_;
  std::vector<std::string>* comments_ = nullptr;  // where skip() puts what it meets
};

}  // namespace

const Property* MethodResult::find(std::string_view ptype, std::string_view property) const {
  for (const Property& p : properties)
    if (p.ptype == ptype && p.property == property) return &p;
  return nullptr;
}

Result<AuthResults> parse_authres(std::string_view value, const Limits& limits) {
  if (value.size() > limits.header_bytes)
    return fail("authres.limit", "The field is longer than the limit header_bytes");
  return Parser(value).run();
}

}  // namespace sekisho::mailauth
