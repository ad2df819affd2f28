// From a read mail to a sealed event: each facts_*.cc measures one area and writes what it found. Nothing here calls
// anything bad: rules do. One Facts belongs to one mail and one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "brand/brand.h"
#include "event/event.h"
#include "mail/message.h"
#include "net/dns.h"
#include "net/url.h"
#include "scan/content.h"
#include "scan/settings.h"
#include "text/normalize.h"
#include "unwrap/pool.h"

namespace sekisho::scan {

// What the SMTP dialogue said, where there was one. Empty fields: unknown.
struct Envelope {
  std::string client_ip, helo, mail_from;
  std::vector<std::string> recipients;
};

// How authentication is verified: over the bytes as they came, with what answers look-ups. No resolver: only recorded
// results count.
struct Verification {
  std::string_view bytes;
  net::Resolver* resolver = nullptr;
};

struct Facts {
  const Settings& settings;
  const Content& content;
  const mail::Message& mail;
  const Envelope& envelope;
  event::EventBuilder& event;
  Verification verification;
  Timestamp now;

  // Comparable forms, made once and used by several areas.
  text::Normalized text, subject, display_name;
  bool inside_another = false;  // a message/rfc822 of another mail: none of its Received lines is ours
  // Index in Message::received of the line by which the mail entered; none: it never left us.
  std::optional<size_t> entry;
  std::string from_domain, from_registrable;  // of the first From address; "" if none
  bool trusted_pass = false;                  // a trusted server recorded a DMARC pass or an aligned DKIM pass

  bool from_lookalike = false;  // From's domain resembles a brand's
  // A telling word of the display name stands in From's domain, which resembles nobody's; by claims().
  bool under_own_name = false;
  // What the link area found and the brand area counts.
  struct LinkHost {
    std::string host;
    bool visible = true, own = false;
  };
  std::vector<LinkHost> link_hosts;
  // Texts besides subject and body that may name a brand or want something, in comparable form.
  struct Said {
    std::string_view where;  // "alt", "attachment", "calendar"
    std::string text;
    std::string_view part;
    uint32_t offset;  // of the tag in the part, 0 if it is the part's whole text
  };
  std::vector<Said> said_elsewhere;
  std::vector<std::string> nested_verdicts;
  unwrap::Visit* visit = nullptr;  // opens images, PDFs and archives; null: they stay closed
  // What was inside one of them. Findings live as long as the visit.
  struct Wrapping {
    size_t part = SIZE_MAX;  // index in Message::parts
    std::string_view path;   // of that part
    size_t codes = 0;
    const unwrap::Findings* pdf = nullptr;
    const unwrap::Findings* archive = nullptr;
    std::string names, risky, program;                    // of the archive's entries; extensions of the first such
    std::vector<std::string> programs;                    // extensions of all such, each once
    bool program_top = false, program_disguised = false;  // one in no folder; one that is named like a document
    bool html = false, password = false, script = false;  // pages among them
    std::vector<std::string> outcomes;                    // other than "read"
  };
  std::vector<Wrapping> wrapped;
  struct WrappedLink {
    mail::LinkRef link;
    std::string_view where;  // qr, pdf, pdf_qr, archive, archive_qr
    std::string_view path;   // of the part that carries it
    uint32_t page;           // of a PDF; 0: none
  };
  std::vector<WrappedLink> wrapped_links;

  void find_entry();
  void identity();   // From, Reply-To, Return-Path … → network.email, principal, identity.*
  void direction();  // after identity and authentication
  void authentication();
  bool verified();     // writes what Sekisho finds itself; false: nothing could be found
  void texts();        // mail.*
  void thread();       // identity.*, mail.*: recipients, references, bulk marks
  void wrappings();    // opens images, PDFs and archives; before links
  void links();        // about[] kind link
  void forms();        // about[] kind form
  void images();       // about[] kind image
  void attachments();  // about[] kind attachment, message, calendar
  void calendar(const mail::Part& part);
  std::string aims_of(std::string_view said) const;
  void claims();  // claim.*: names that nothing in the mail stands behind; after links
  void shape();   // mail.*, identity.*: form of subject, names and text
  void brands();  // about[] kind brand; after links, forms, images and attachments
  void lures();   // lure.*
  void model();   // lure.model_*, about[] kind model

  // Shared helpers
  void label_wrapping(const event::Node& noun, const mail::Part& part) const;
  bool is_archive(const mail::Part& part) const;
  static constexpr size_t kSaid = 16 << 10;  // bytes of one attachment that are searched for brands and lures
  static std::string extension_of(std::string_view file_name);  // lower case, without the dot; "" if none
  bool own_domain(std::string_view host) const;
  bool resembles_own(std::string_view domain) const;
  // Whom it was delivered to, To and Cc, lower case; at most 30.
  std::vector<std::string> recipients() const;
  // What the host resembles, where that is worth telling: a brand, or the shape of a kit's host.
  std::optional<brand::Judgement> lookalike(std::string_view host) const;
  // Latin letters beside look-alike ones of another script; Latin beside Japanese is ordinary.
  static bool mixes_scripts(std::string_view word);
  static bool in_blocks(std::string_view ip, const std::vector<std::string>& blocks);
  std::string_view registrable(std::string_view host) const;
  // The day as of which memory is asked: the mail's own, but never one to come.
  memory::Day event_day() const { return memory::day_of(std::min(mail.date.value_or(now), now)); }
  // MIME part and byte in that part's text for a byte of the normalised text ("" and 0 when unknown).
  struct Place {
    std::string_view part;
    uint32_t offset = 0;
  };
  Place place(uint32_t normalized_offset) const;
};

// All areas in order; the sealed event is mail's UDM record (EMAIL_TRANSACTION).
// visit: opens what is wrapped; null: nothing is opened.
// nested: the verdict of each Message::nested, in order; written on its about[] noun. inside_another: see Facts.
event::Event mail_event(const Settings& settings, const Content& content, const mail::Message& mail,
                        const Envelope& envelope, event::Origin origin, Timestamp now,
                        const Verification& verification = {}, std::vector<std::string> nested = {},
                        bool inside_another = false, unwrap::Visit* visit = nullptr);

}  // namespace sekisho::scan
