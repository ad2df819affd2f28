// What a verdict shows of a mail, and what is stored of it: without that which opens somebody's account. A link to
// reset a password is a secret of its reader, and so is a one-time code. Rules judge the whole text; only the record is
// cut. Pure functions, linear.
#pragma once

#include <string>
#include <string_view>

#include "scan/verdict.h"

namespace sekisho::scan {

// URLs in a text: "https://ann:pw@example.com/reset/…?t=…" as "https://***:***@example.com/reset/***?t=***". Cut are
// user information (a user name that reads as a host stays: it is what a lure shows instead of the host), and in path,
// query and fragment runs of letters, digits, - and _ that nobody would have made by hand: of 16 and more, with four
// changes between letter and digit or to a capital; of 16 digits and more; of 40 and more without a joint.
std::string without_secrets(std::string_view text);
// A subject: six to eight digits that stand alone, also as 123 456, 123-456 and full width, as "***". Years with month
// and day (20261122), pieces of longer numbers and what follows # stay.
std::string without_codes(std::string_view subject);

// Subject, evidence and outcomes.
void mask_secrets(Verdict& verdict);

}  // namespace sekisho::scan
