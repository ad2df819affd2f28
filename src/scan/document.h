// What of a mail the learned lure model is given (lure/features.h): its form in a few tokens, and the words that are
// its recipient's and not the writer's.
#pragma once

#include <string>
#include <vector>

#include "mail/message.h"

namespace sekisho::scan {

struct Envelope;

// "links.few", "html", "attachment.pdf" … No header is looked at.
std::vector<std::string> shape_of(const mail::Message& mail);
// Names and addresses of the recipients in comparable form, from To, Cc, the delivery's header lines and the envelope.
std::vector<std::string> recipients_of(const mail::Message& mail, const Envelope& envelope);

}  // namespace sekisho::scan
