// The one pipeline: bytes → mail → event → rules → verdict record. Used by scan, eval, hunt, gate and replay alike.
// A Scanner is immutable and shared by all threads; each thread keeps a Scratch of its own.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "scan/content.h"
#include "scan/facts.h"
#include "scan/settings.h"
#include "scan/verdict.h"
#include "unwrap/pool.h"

namespace sekisho::scan {

struct ScanInput {
  std::string_view bytes;  // of one mail; must live during the call
  std::string name;        // for the record
  Envelope envelope;
  net::Resolver* resolver = nullptr;  // what answers look-ups; null: authentication is not verified
};

class Scanner {
 public:
  // content must be loaded from these settings. Forks the ancestor of the workers that open images, PDFs and archives:
  // make it before there are threads, and before mail is read.
  Scanner(Settings settings, std::unique_ptr<Content> content, const Clock& clock);
  ~Scanner();

  class Scratch {
   public:
    explicit Scratch(const Scanner& scanner);
    ~Scratch();

   private:
    friend class Scanner;
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  // Never fails: a mail that cannot be read gives a verdict that says so (Verdict::error). Where the content has a
  // memory that remembers, the hosts of the mail's links are written down after judging; commit() is the caller's.
  Verdict scan(const ScanInput& input, Scratch& scratch) const;
  // The event alone (`sekisho event`). Errors: those of mail::read_message.
  Result<event::Event> read(const ScanInput& input) const;
  // What the learned model sees of it (`sekisho train`). Errors: the same.
  Result<void> features(const ScanInput& input, lure::Features& out) const;

  const Settings& settings() const { return settings_; }
  const Content& content() const { return *content_; }
  unwrap::Pool* workers() const { return pool_.get(); }  // null: the settings leave wrappings closed

 private:
  void remember(const event::Event& event, const Verdict& verdict, const Envelope& envelope) const;
  Verdict verdict_of(const event::Event& event, Scratch& scratch) const;
  event::Event event_of(const mail::Message& mail, const Envelope& envelope, event::Origin origin,
                        const Verification& verification, bool inside, unwrap::Visit* visit) const;
  bool reads(const MailRule& rule, std::string_view what) const;
  Settings settings_;
  std::unique_ptr<Content> content_;
  const Clock& clock_;
  std::unique_ptr<unwrap::Pool> pool_;  // null: the settings leave wrappings closed
};

}  // namespace sekisho::scan
