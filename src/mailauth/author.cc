// Takes From fields, gives mailboxes. Entry: read_authors(). Refuses nothing: what is no mailbox is told.
#include "mailauth/author.h"

#include "base/strings.h"
#include "net/host.h"

namespace sekisho::mailauth {
namespace {

constexpr size_t kMost = 100;

class Reader {
 public:
  Reader(std::string_view value, Authors& out) : text_(value), out_(out) {}

  void run() {
    while (at_ < text_.size()) {
      mailbox();
      if (at_ < text_.size()) ++at_;  // , ; or :
    }
  }

 private:
  // Up to the next separator outside quotes, comments and angle brackets.
  void mailbox() {
    std::string plain, angle;  // outside and inside <…>, without comments and quoted display names
    bool has_angle = false, closed = true, some = false;
    std::string* to = &plain;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '(') {
        comment();
        continue;
      }
      if (c == '"') {
        *to += quoted();
        some = true;
        continue;
      }
      if (to == &plain && (c == ',' || c == ';')) break;
      if (to == &plain &&
          c == ':') {  // the name of a group; one that looks like an address is meant to be taken for it
        if (has_angle || plain.find('@') != std::string::npos) out_.malformed = true;
        return;
      }
      ++at_;
      if (c == '<') {
        if (has_angle) out_.malformed = true;  // a second address in one mailbox
        has_angle = true;
        closed = false;
        angle.clear();
        to = &angle;
      } else if (c == '>') {
        if (to != &angle) out_.malformed = true;
        closed = true;
        to = &plain;
        some = false;
        after_ = plain.size();
      } else {
        *to += c;
        some = some || !is_space(c);
      }
    }
    if (has_angle && !trim(std::string_view(plain).substr(std::min(after_, plain.size()))).empty())
      out_.malformed = true;
    if (!closed) out_.malformed = true;
    // An address in the display name beside another one is no mistake, and no author either.
    const std::string_view address = trim(has_angle ? angle : plain);
    if (address.empty()) {
      if (has_angle || some) out_.malformed = true;
      return;
    }
    add(address);
  }

  void comment() {
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') ++at_;
      else if (text_[at_] == '(') ++depth;
      else if (text_[at_] == ')' && --depth == 0) {
        ++at_;
        return;
      }
    }
    out_.malformed = true;
  }

  // A quoted string keeps its quotes: they decide where a local part ends.
  std::string quoted() {
    const size_t start = at_++;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') ++at_;
      else if (text_[at_] == '"') {
        ++at_;
        return std::string(text_.substr(start, at_ - start));
      }
    }
    out_.malformed = true;
    return "";
  }

  void add(std::string_view address) {
    if (out_.mailboxes.size() == kMost) {
      out_.malformed = true;
      return;
    }
    // A route of RFC 822: <@a,@b:user@c>. Nobody writes them any more, and readers differ in what they make of them.
    if (address.starts_with('@') && address.find(':') != std::string_view::npos) {
      out_.malformed = true;
      address = address.substr(address.find(':') + 1);
    }
    size_t at = std::string_view::npos;
    bool in_quotes = false;
    size_t ats = 0;
    for (size_t i = 0; i < address.size(); ++i) {
      if (address[i] == '\\') ++i;
      else if (address[i] == '"') in_quotes = !in_quotes;
      else if (address[i] == '@' && !in_quotes) at = i, ++ats;
    }
    Authors::Mailbox& made = out_.mailboxes.emplace_back();
    if (at == std::string_view::npos) {
      made.local = trim(address);
      out_.malformed = true;
      return;
    }
    made.local = trim(address.substr(0, at));
    std::string_view domain = trim(address.substr(at + 1));
    if (domain.ends_with('.')) domain.remove_suffix(1);
    const auto ascii = net::to_ascii(domain);
    made.domain = ascii ? *ascii : ascii_lower(domain);
    if (ats > 1 || made.local.empty() || !ascii || made.domain.find('.') == std::string::npos) out_.malformed = true;
    for (const char c : domain)
      if (is_space(c) || c == '@' || c == '<' || c == '>' || c == '"') out_.malformed = true;
  }

  std::string_view text_;
  Authors& out_;
  size_t at_ = 0, after_ = 0;
};

}  // namespace

void read_authors(std::string_view value, Authors& out) { Reader(value, out).run(); }

Authors read_authors(const Message& message) {
  Authors out;
  out.beyond = message.too_many_fields();
  for (const Field* f : message.all("From")) {
    ++out.fields;
    read_authors(f->value, out);
  }
  return out;
}

std::string Authors::domain() const {
  for (const Mailbox& m : mailboxes)
    if (m.domain != mailboxes.front().domain) return "";
  return mailboxes.empty() ? "" : mailboxes.front().domain;
}

}  // namespace sekisho::mailauth
