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
// Addresses that it was delivered to, lower case, at most eight: the envelope's; without one, what our side wrote on
// top
// ("Delivered-To"); without that, the first of To. Names beside addresses are the writer's to choose, and left out.
std::vector<std::string> delivered_to(const mail::Message& mail, const Envelope& envelope);

}  // namespace sekisho::scan
