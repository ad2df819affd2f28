// Takes a mail, gives what the learned lure model says of it: lure.model_odds and the phrases that weighed most.
// Entry: Facts::model. Without a model nothing is written.
#include <fmt/format.h>

#include "base/strings.h"
#include "scan/document.h"
#include "scan/facts.h"

namespace sekisho::scan {
void Facts::model() {
  if (content.model.empty()) return;
  static thread_local lure::Features features;
  lure::read_features({subject.text, text.text, shape_of(mail), delivered_to(mail, envelope)}, features);
  const lure::Model::Says says = content.model.explain(features);
  event.fact("lure.model_odds", fmt::format("{:.2f}", says.odds));
  if (says.odds <= 0) return;
  for (const auto& p : says.phrases) {
    const event::Node noun = event.root().add("about");
    const std::string_view from = p.subject ? subject.text : text.text;
    const Place at = p.subject ? Place{"subject", subject.source_offset(p.offset)} : place(p.offset);
    std::string said(utf8_prefix(from.substr(p.offset, p.length), 120));
    for (char& c : said)
      if (is_digit(c)) c = '0';  // numbers weigh nothing, and may be a code or a password
    noun.label("kind", "model").label("model.phrase", said);
    noun.label("model.share", fmt::format("{:.2f}", p.weight));
    noun.label("part", at.part).label("offset", static_cast<size_t>(at.offset));
  }
}

}  // namespace sekisho::scan
