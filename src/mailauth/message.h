// A message as signatures see it: header fields byte for byte, and the body. RFC 5322 line ends: a bare LF, as files on
// disk have it, is read as CRLF; a bare CR stays where it is. Owns what had to be changed, else views the bytes given.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::mailauth {

struct Field {
  std::string_view raw;    // "Name: value\r\n", folding and all
  std::string_view name;   // as written, without white space before the colon
  std::string_view value;  // after the colon, without the last CRLF
};

class Message {
 public:
  // bytes: must live as long. A first line "From …" of an mbox is no field. Lines that are none end the header.
  explicit Message(std::string_view bytes);
  explicit Message(std::string&& bytes) = delete;
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  // Top first. Beyond 2,000 (Limits::headers) the rest of the header is one field without a name.
  const std::vector<Field>& fields() const { return fields_; }
  bool too_many_fields() const { return too_many_; }           // nothing can be said about such a message
  std::string_view body() const { return body_; }              // behind the empty line
  std::vector<const Field*> all(std::string_view name) const;  // of this name, top first

 private:
  std::string changed_;
  std::vector<Field> fields_;
  std::string_view body_;
  bool too_many_ = false;
};

// Where fields of the same name stand, for signatures that name them one by one from the bottom up (RFC 6376 section
// 5.4.2): the names lower case.
class FieldsFromBelow {
 public:
  explicit FieldsFromBelow(const Message& message);
  const Field* next(std::string_view name);  // the lowest that was not given yet; nullptr: there is none
  size_t left(std::string_view name) const;

 private:
  struct Named {
    std::string name;
    std::vector<const Field*> fields;  // top first; given ones are gone
  };
  Named* find(std::string_view name);
  const Named* find(std::string_view name) const;
  std::vector<Named> named_;  // sorted
};

}  // namespace sekisho::mailauth
