// Takes the forms of HTML parts and attachments, gives one about[] noun each: where it posts, what it asks for. Entry:
// Facts::forms.
#include "base/strings.h"
#include "scan/facts.h"

namespace sekisho::scan {

void Facts::forms() {
  for (const mail::Part& part : mail.parts) {
    if (!part.page || part.message_depth > 0) continue;
    // Forms that stand there, and forms that its scripts would write: one list, the second from `written` on.
    std::vector<const html::Form*> forms;
    for (const html::Form& form : part.page->forms) forms.push_back(&form);
    const size_t written = forms.size();
    if (part.page->written)
      for (const html::Form& form : part.page->written->forms) forms.push_back(&form);
    for (size_t i = 0; i < forms.size(); ++i) {
      const html::Form& form = *forms[i];
      const event::Node noun = event.root().add("about");
      noun.label("kind", "form").label("part", part.path).label("form.written", i >= written);
      noun.label("offset", static_cast<size_t>(i < written ? form.offset : part.page->script.markup_offset));
      noun.label("form.method", form.method).label("form.password", form.has_password);
      noun.label("form.fields", form.fields.size());
      // The first field that tells is enough: a rule reads one label of a kind.
      std::string_view intent, secret;
      for (const html::Field& f : form.fields) {
        if (intent.empty())
          if (const auto hits = content.lures.find(text::normalize(f.label + " " + f.name).text, 10); !hits.empty())
            intent = content.lures[hits[0].intent].id;
        if (secret.empty() && f.type == "password") secret = f.label.empty() ? f.name : f.label;
      }
      noun.label("form.secret_intent", intent).label("form.secret", utf8_prefix(secret, 80));
      const auto url = net::parse_url(form.action, nullptr, settings.limits);
      if (!url) continue;
      noun.set("url", utf8_prefix(url->href(), 2000));
      if (!url->host || url->host->empty()) continue;
      noun.set("hostname", *url->host);
      noun.child("domain").set("name", registrable(*url->host));
      if (const auto owner = content.brands.owner(*url->host)) noun.label("form.owner", content.brands[*owner].id);
      else if (const auto looks = own_domain(*url->host) ? std::nullopt : lookalike(*url->host); looks && looks->brand)
        noun.label("form.lookalike", content.brands[*looks->brand].id);
      link_hosts.push_back({*url->host, part.kind == mail::PartKind::html, own_domain(*url->host)});
    }
  }
}

}  // namespace sekisho::scan
