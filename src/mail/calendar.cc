// Takes the text of an iCalendar object, gives its entries. Entry: read_calendar. Refuses nothing; what is over a limit
// is cut and said so.
#include "mail/calendar.h"

#include "base/strings.h"

namespace sekisho::mail {
namespace {

struct Line {
  std::string_view name, parameters, value;
};

// 3.1: name *(";" parameter) ":" value, where a quoted parameter value may hold ':' and ';'.
Line parse_line(std::string_view s) {
  Line out;
  size_t i = s.find_first_of(":;");
  if (i == std::string_view::npos) return out;
  out.name = trim(s.substr(0, i));
  const size_t from = i;
  for (bool quoted = false; i < s.size() && (quoted || s[i] != ':'); ++i)
    if (s[i] == '"') quoted = !quoted;
  if (i >= s.size()) i = s.find(':', from);  // a quote without its end
  if (i == std::string_view::npos) return {};
  out.parameters = s.substr(from, i - from);
  out.value = s.substr(i + 1);
  return out;
}

std::string_view parameter(std::string_view parameters, std::string_view name) {
  for (size_t at = ifind(parameters, name); at != std::string_view::npos; at = ifind(parameters, name, at + 1)) {
    if (at == 0 || parameters[at - 1] != ';' || at + name.size() >= parameters.size()) continue;
    if (parameters[at + name.size()] != '=') continue;
    std::string_view value = parameters.substr(at + name.size() + 1);
    if (value.starts_with('"')) return value.substr(1, value.find('"', 1) - 1);
    return value.substr(0, value.find(';'));
  }
  return {};
}

std::string unescaped(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '\\' || i + 1 == s.size()) {
      out += s[i];
      continue;
    }
    const char c = s[++i];
    out += c == 'n' || c == 'N' ? '\n' : c;
  }
  return out;
}

class Reader {
 public:
  explicit Reader(Calendar& out) : out_(out) {}

  void line(std::string_view text, uint32_t offset) {
    const Line l = parse_line(text);
    if (iequals(l.name, "begin")) return begin(trim(l.value), offset);
    if (iequals(l.name, "end")) {
      if (alarm_ > 0) --alarm_;
      else if (!iequals(trim(l.value), "vcalendar")) entry_ = nullptr;
      return;
    }
    if (iequals(l.name, "method") && out_.method.empty()) out_.method = utf8_prefix(trim(l.value), 40);
    if (entry_ == nullptr || alarm_ > 0) return;
    CalendarEntry& e = *entry_;
    if (iequals(l.name, "organizer")) {
      std::string_view address = trim(l.value);
      if (istarts_with(address, "mailto:")) address.remove_prefix(7);
      e.organizer = ascii_lower(utf8_prefix(address, 320));
      e.organizer_name = utf8_prefix(parameter(l.parameters, "CN"), 200);
    } else if (iequals(l.name, "attendee")) {
      ++e.attendees;
    } else if (iequals(l.name, "summary")) {
      keep(l.value, e.summary);
    } else if (iequals(l.name, "description")) {
      keep(l.value, e.description);
    } else if (iequals(l.name, "location")) {
      keep(l.value, e.location);
    } else if (iequals(l.name, "x-alt-desc")) {
      keep(l.value, e.html);
    } else if (iequals(l.name, "url") || iequals(l.name, "conference") || iequals(l.name, "x-google-conference") ||
               (iequals(l.name, "attach") && parameter(l.parameters, "VALUE").empty())) {
      if (e.urls.size() < 20) e.urls.emplace_back(utf8_prefix(trim(l.value), 2048));
      else out_.cut = true;
    }
  }

 private:
  void begin(std::string_view component, uint32_t offset) {
    if (entry_ != nullptr) {  // VALARM and the like inside an entry
      ++alarm_;
      return;
    }
    if (!iequals(component, "vevent") && !iequals(component, "vtodo") && !iequals(component, "vjournal")) return;
    if (out_.entries.size() >= Calendar::kEntries) {
      out_.cut = true;
      return;
    }
    entry_ = &out_.entries.emplace_back();
    entry_->offset = offset;
  }

  void keep(std::string_view value, std::string& to) {
    if (!to.empty()) return;
    if (value.size() > Calendar::kText) out_.cut = true;
    to = unescaped(utf8_prefix(value, Calendar::kText));
  }

  Calendar& out_;
  CalendarEntry* entry_ = nullptr;
  size_t alarm_ = 0;
};

}  // namespace

Calendar read_calendar(std::string_view s, const Limits& limits) {
  Calendar out;
  out.entries.reserve(Calendar::kEntries);
  Reader reader(out);
  std::string unfolded;
  for (size_t i = 0; i < s.size();) {
    const auto offset = static_cast<uint32_t>(i);
    unfolded.clear();
    for (;;) {
      const size_t end = std::min(s.find('\n', i), s.size());
      std::string_view piece = s.substr(i, end - i);
      if (piece.ends_with('\r')) piece.remove_suffix(1);
      const size_t room = limits.header_bytes - std::min(limits.header_bytes, unfolded.size());
      if (piece.size() > room) out.cut = true;
      unfolded += piece.substr(0, room);
      i = end + 1;
      if (i >= s.size() || (s[i] != ' ' && s[i] != '\t')) break;
      ++i;
    }
    reader.line(unfolded, offset);
  }
  return out;
}

}  // namespace sekisho::mail
