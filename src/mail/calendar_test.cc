#include "mail/calendar.h"

#include <doctest/doctest.h>

#include "mail/message.h"

using namespace sekisho;
using namespace sekisho::mail;

namespace {

const std::string kInvite =
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
    "ORGANIZER;CN=\"Payroll: HR\";ROLE=CHAIR:mailto:Desk@payroll.example\r\n"
    "ATTENDEE:mailto:a@corp.example\r\nATTENDEE;CN=B:mailto:b@corp.example\r\n"
    "SUMMARY:Confirm your salary\\, today\r\n"
    "DESCRIPTION:Sign in at https://pay\r\n roll.example/login\\nbefore noon\r\n"
    "BEGIN:VALARM\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\n"
    "LOCATION:https://meet.example/j/1\r\nURL:https://portal.example/\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n";

}  // namespace

TEST_CASE("an invitation is unfolded and unescaped (RFC 5545 3.1, 3.3.11)") {
  const Calendar c = read_calendar(kInvite);
  CHECK(c.method == "REQUEST");
  REQUIRE(c.entries.size() == 1);
  const CalendarEntry& e = c.entries[0];
  CHECK(e.organizer == "desk@payroll.example");
  CHECK(e.organizer_name == "Payroll: HR");
  CHECK(e.attendees == 2);
  CHECK(e.summary == "Confirm your salary, today");
  CHECK(e.description == "Sign in at https://payroll.example/login\nbefore noon");
  CHECK(e.location == "https://meet.example/j/1");
  REQUIRE(e.urls.size() == 1);
  CHECK(kInvite.substr(e.offset, 12) == "BEGIN:VEVENT");
  CHECK_FALSE(c.cut);
}

TEST_CASE("broken calendars give what can be read") {
  CHECK(read_calendar("").entries.empty());
  CHECK(read_calendar("SUMMARY:outside").entries.empty());
  CHECK(read_calendar("BEGIN:VEVENT\nSUMMARY:no end").entries.at(0).summary == "no end");
  CHECK(read_calendar("BEGIN:VEVENT\nORGANIZER;CN=\"open:mailto:a@b.example").entries.at(0).organizer == "a@b.example");
  CHECK(read_calendar("BEGIN:VEVENT\nSUMMARY:a\\").entries.at(0).summary == "a\\");
  CHECK(read_calendar("\n\n \n\t").entries.empty());
}

TEST_CASE("limits of calendars cut and say so") {
  std::string many;
  for (int i = 0; i < 60; ++i) many += "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n";
  CHECK(read_calendar(many).entries.size() == Calendar::kEntries);
  CHECK(read_calendar(many).cut);
  const Calendar big = read_calendar("BEGIN:VEVENT\nDESCRIPTION:" + std::string(2 << 20, 'x'));
  CHECK(big.cut);
  CHECK(big.entries.at(0).description.size() == Calendar::kText);
  Limits small;
  small.header_bytes = 20;
  CHECK(read_calendar("BEGIN:VEVENT\nSUMMARY:aaaaaaaaaaaaaaaaaaaaaaaa", small).cut);
  std::string folded = "BEGIN:VEVENT\nDESCRIPTION:";
  for (int i = 0; i < 100'000; ++i) folded += "x\n ";
  CHECK(read_calendar(folded).entries.at(0).description.size() == Calendar::kText);
  std::string urls = "BEGIN:VEVENT\n";
  for (int i = 0; i < 30; ++i) urls += "URL:https://a.example/\n";
  CHECK(read_calendar(urls).entries.at(0).urls.size() == 20);
}

TEST_CASE("links of an invitation are links of the mail") {
  const auto m = read_message(
      "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\n\n" + kInvite);
  REQUIRE(m);
  std::string hrefs;
  for (const LinkRef& l : m->links) {
    CHECK(l.where == LinkRef::Where::calendar);
    hrefs += l.href + " ";
  }
  CHECK(hrefs == "https://payroll.example/login https://meet.example/j/1 https://portal.example/ ");
  REQUIRE(m->parts.size() == 1);
  CHECK(m->parts[0].calendar.has_value());
}
