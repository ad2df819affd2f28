// Whose message it says it is: the domains of From (RFC 5322 section 3.6.2), read so that nothing hides. A mailbox list
// that readers may take differently is told as such: it is how DMARC is walked around.
#pragma once

#include <string>
#include <vector>

#include "mailauth/message.h"

namespace sekisho::mailauth {

struct Authors {
  struct Mailbox {
    std::string local, domain;  // domain: lower case ASCII, without final dot; "" where there is none
  };
  std::vector<Mailbox> mailboxes;  // of all From fields, in order; at most 100
  size_t fields = 0;               // From fields
  bool malformed = false;          // something is no mailbox
  bool beyond = false;             // there may be more From fields than were read
  // The one domain that all mailboxes have; "" where there is none or more than one.
  std::string domain() const;
};
Authors read_authors(const Message& message);
// One field's value.
void read_authors(std::string_view value, Authors& out);

}  // namespace sekisho::mailauth
