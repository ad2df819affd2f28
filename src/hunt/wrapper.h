// The one object that some exports put around their events: {"Records":[…]} of AWS CloudTrail, {"records":[…]} of Azure
// diagnostics, {"value":[…]} of Microsoft Graph, {"events":[…]}, {"items":[…]}. Read byte by byte, so that its list may
// be of any length.
#pragma once

#include <cstdint>
#include <string>

namespace sekisho::hunt {

class Wrapper {
 public:
  enum class Step : uint8_t {
    inside,  // of the object or its list
    list,    // this byte opens the list of events
    closed,  // this byte closes the object; it had a list
    other,   // this is no such object: no list of objects, a second one, or a member that an export would not have
  };

  // The next byte, from the opening brace on; none behind `closed` and `other`. Bytes of the list between its brackets
  // may be left out.
  Step next(char c);
  bool has_list() const { return list_; }

 private:
  Step in_text(char c);
  Step in_list(char c);

  uint32_t depth_ = 0;  // of brackets: 1 = the object, 2 = its list
  bool text_ = false, escaped_ = false;
  bool value_ = false;  // what comes next is a member's value
  bool list_ = false;
  std::string key_;
};

}  // namespace sekisho::hunt
