// Takes lower-case ASCII host names, gives their public suffix and registrable domain: by a table of the list's text
// (tens of nanoseconds), or by libpsl (microseconds) where there is only its compiled form. Entry: class
// PublicSuffixes. Refuses lists that hold no rule; gives "" for addresses, single labels and names with empty labels.
#include <libpsl.h>

#include <array>
#include <atomic>
#include <cstring>

#include "base/files.h"
#include "base/strings.h"
#include "net/host.h"
#include "net/label_table.h"

namespace sekisho::net {

struct PublicSuffixes::Impl {
  LabelTable table;  // empty: libpsl is asked
  psl_ctx_t* owned = nullptr;
  const psl_ctx_t* list = nullptr;
  uint64_t id = next_id();  // of this list among all that the process ever made
  ~Impl() { psl_free(owned); }

  static uint64_t next_id() {
    static std::atomic<uint64_t> last{0};
    return ++last;
  }

  bool read(std::string_view text);
  Answer by_table(std::string_view name, const LabelEndings& endings) const;
  Answer look_up(std::string_view name) const;
  Answer remembered(std::string_view name) const;
};

namespace {

constexpr uint32_t kRule = 1, kWildcard = 2, kException = 4;                           // << 3: of the private part
constexpr size_t kMostBytes = 16 << 20;                                                // of a list
constexpr const char* kSystemList = "/usr/share/publicsuffix/public_suffix_list.dat";  // Debian's publicsuffix

// A rule has few labels, so the end of a long name decides, and a hostile 16 KiB name costs no more than a short one.
constexpr size_t kMaxName = 253;

// The part of a host that is looked up; "" if it can have no suffix.
std::string_view name_of(std::string_view host) {
  if (host.empty() || host.front() == '.' || host.back() == '.' || host.back() == ']') return {};
  if ((is_digit(host.back()) || host.find(':') != std::string_view::npos) && is_ip(host)) return {};
  if (host.size() > kMaxName) {
    host.remove_prefix(host.size() - kMaxName);
    const size_t dot = host.find('.');
    if (dot == std::string_view::npos) return {};
    host.remove_prefix(dot + 1);
    if (host.front() == '.') return {};
  }
  char last = '.';
  for (char c : host) {
    if (c == '\0' || (c == '.' && last == '.')) return {};
    last = c;
  }
  return host;
}

std::string_view last_bytes(std::string_view name, size_t n) { return name.substr(name.size() - n); }

}  // namespace

// The list as publicsuffix.org has it: a rule a line, comments, two sections. false: not a rule in it.
bool PublicSuffixes::Impl::read(std::string_view text) {
  bool private_part = false;
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (line.starts_with("//")) {
      if (line.find("===BEGIN PRIVATE") != std::string_view::npos) private_part = true;
      if (line.find("===END PRIVATE") != std::string_view::npos) private_part = false;
      continue;
    }
    line = line.substr(0, line.find_first_of(" \t"));
    if (line.empty()) continue;
    uint32_t kind = kRule;
    if (line.starts_with('!')) kind = kException, line.remove_prefix(1);
    else if (line.starts_with("*.")) kind = kWildcard, line.remove_prefix(2);
    const auto name = to_ascii(line);
    if (name) table.add(*name, private_part ? kind | kind << 3 : kind);
  }
  table.build();
  return table.size() > 0;
}

// Longer rules win, an exception over all (publicsuffix.org, "Algorithm").
PublicSuffixes::Answer PublicSuffixes::Impl::by_table(std::string_view name, const LabelEndings& endings) const {
  if (name.empty() || endings.count == 0) return {};
  size_t best = 0;  // of the endings
  bool listed = false, is_private = false, excepted = false;
  size_t at = 0;
  table.suffixes(name, endings, [&](uint32_t kinds, size_t from) {
    while (endings.begin[at] != from) ++at;
    if (excepted) return;
    if ((kinds & kRule) != 0) best = at, listed = true, is_private = (kinds & kRule << 3) != 0;
    if ((kinds & kWildcard) != 0)  // says that its own name is a suffix too, as libpsl has it
      best = at + 1 < endings.count ? at + 1 : at, listed = true, is_private = (kinds & kWildcard << 3) != 0;
    if ((kinds & kException) != 0) {
      excepted = listed = true;
      best = at > 0 ? at - 1 : 0;
      is_private = (kinds & kException << 3) != 0;
    }
  });
  const size_t from = endings.begin[best];
  Answer out;
  out.suffix = static_cast<uint8_t>(name.size() - from);
  if (from > 0) {
    const size_t dot = best + 1 < endings.count ? endings.begin[best + 1] : name.rfind('.', from - 2) + 1;
    out.registrable = static_cast<uint8_t>(name.size() - dot);
  }
  out.listed = listed;
  out.is_private = is_private;
  return out;
}

PublicSuffixes::Answer PublicSuffixes::Impl::look_up(std::string_view name) const {
  std::array<char, kMaxName + 1> text;  // libpsl wants a C string
  std::memcpy(text.data(), name.data(), name.size());
  text[name.size()] = '\0';
  Answer answer;
  const char* suffix = psl_unregistrable_domain(list, text.data());
  if (!suffix) return answer;
  const size_t from = static_cast<size_t>(suffix - text.data());
  answer.suffix = static_cast<uint8_t>(name.size() - from);
  if (from > 1) {
    const size_t dot = name.rfind('.', from - 2);
    answer.registrable = static_cast<uint8_t>(dot == std::string_view::npos ? name.size() : name.size() - dot - 1);
  }
  answer.listed = psl_is_public_suffix2(list, suffix, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE);
  answer.is_private = answer.listed && psl_is_public_suffix2(list, suffix, PSL_TYPE_PRIVATE | PSL_TYPE_NO_STAR_RULE);
  return answer;
}

// A mail names few hosts many times, and libpsl takes microseconds: each thread remembers its latest answers.
PublicSuffixes::Answer PublicSuffixes::Impl::remembered(std::string_view name) const {
  struct Entry {
    uint64_t list = 0;
    std::string name;
    Answer answer;
  };
  thread_local std::array<Entry, 256> entries;
  if (table.size() > 0) return by_table(name, LabelEndings(name));
  if (name.empty() || !list) return {};
  Entry& entry = entries[std::hash<std::string_view>{}(name) % entries.size()];
  if (entry.list != id || entry.name != name) {
    entry.answer = look_up(name);
    entry.name.assign(name);
    entry.list = id;
  }
  return entry.answer;
}

PublicSuffixes::PublicSuffixes(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PublicSuffixes::~PublicSuffixes() = default;
PublicSuffixes::PublicSuffixes(PublicSuffixes&&) noexcept = default;
PublicSuffixes& PublicSuffixes::operator=(PublicSuffixes&&) noexcept = default;

Result<PublicSuffixes> PublicSuffixes::load(const std::string& path) {
  auto impl = std::make_unique<Impl>();
  const auto text = read_file(path, kMostBytes);
  // A compiled list begins with its name and holds no lines of rules.
  if (text && !text->starts_with(".DAFSA@PSL")) {
    if (!impl->read(*text))
      return fail("psl.empty", path + " holds no rule", "take public_suffix_list.dat from publicsuffix.org");
    return PublicSuffixes(std::move(impl));
  }
  impl->owned = psl_load_file(path.c_str());
  impl->list = impl->owned;
  if (!impl->list) return fail("psl.file", "cannot read the public suffix list " + path);
  // A compiled list does not know its size (-1); a text with no rule in it says 0.
  if (psl_suffix_count(impl->list) == 0)
    return fail("psl.empty", path + " holds no rule", "take public_suffix_list.dat from publicsuffix.org");
  return PublicSuffixes(std::move(impl));
}

const PublicSuffixes& PublicSuffixes::system() {
  static const PublicSuffixes list = [] {
    if (auto listed = load(kSystemList)) return *std::move(listed);
    auto impl = std::make_unique<Impl>();
    impl->owned = psl_latest(nullptr);
    impl->list = impl->owned ? impl->owned : psl_builtin();
    return PublicSuffixes(std::move(impl));
  }();
  return list;
}

std::string_view PublicSuffixes::registrable(std::string_view host) const {
  const std::string_view name = name_of(host);
  return last_bytes(name, impl_->remembered(name).registrable);
}

std::string_view PublicSuffixes::suffix(std::string_view host) const {
  const std::string_view name = name_of(host);
  return last_bytes(name, impl_->remembered(name).suffix);
}

PublicSuffixes::Answer PublicSuffixes::find(std::string_view host) const { return impl_->remembered(name_of(host)); }

PublicSuffixes::Answer PublicSuffixes::find_sound(std::string_view name, const LabelEndings& endings) const {
  return impl_->table.size() > 0 ? impl_->by_table(name, endings) : impl_->remembered(name);
}

bool PublicSuffixes::is_private_suffix(std::string_view host) const {
  return impl_->remembered(name_of(host)).is_private;
}

bool PublicSuffixes::listed(std::string_view host) const { return impl_->remembered(name_of(host)).listed; }

}  // namespace sekisho::net
