// Any bytes as news through the whole desk but for the trying of rules (the first byte chooses), as an advisory read
// back, as a notice, as a model of techniques. What comes out has to stand where it says and to read back the same.
#include <cstdlib>
#include <string>
#include <string_view>

#include "desk/advise.h"
#include "desk/export.h"

namespace {

using namespace sekisho;

struct World {
  FixedClock clock{{1'790'000'000, 0}};
  std::unique_ptr<scan::Scanner> scanner;
  desk::LoadedDesk loaded;
  World() {
    scan::Settings settings = scan::default_settings();
    settings.unwrap = false;
    auto packs = scan::load_content(settings);
    auto files = scan::content_files(settings);
    if (!packs.content || !files) std::abort();
    loaded = desk::load_desk(*files);
    if (!loaded.content) std::abort();
    scanner = std::make_unique<scan::Scanner>(std::move(settings), std::move(packs.content), clock);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const World world;
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const desk::Desk desk{world.loaded.content.get(), world.scanner.get(), nullptr};
  switch (data[0] % 4) {
    case 0: {
      auto articles = article::read(bytes, "news");
      if (!articles) return 0;
      desk::AdviseOptions options;
      options.defend = false;
      for (const desk::Advisory& a : desk::advise(*articles, {}, desk, options, world.clock)) {
        for (const desk::Statement& s : a.statements)
          if (s.place.source >= a.sources.size() || s.place.offset > bytes.size()) std::abort();
        const std::string json = desk::to_json(a);
        const auto again = desk::read_advisory(json);
        if (!again || desk::to_json(*again) != json) std::abort();
        desk::ExportOptions how;
        how.labels = &world.loaded.content->labels;
        if (desk::to_html(a, how).find("<script") != std::string::npos) std::abort();
      }
      return 0;
    }
    case 1: {
      const auto a = desk::read_advisory(bytes);
      if (a && !desk::read_advisory(desk::to_json(*a))) std::abort();
      return 0;
    }
    case 2:
      for (const notice::Problem& p : notice::lint(bytes, world.loaded.content->notices))
        if (p.span.offset > bytes.size()) std::abort();
      return 0;
    default: {
      const auto model = attack::Model::read(bytes);
      if (model) model->suggest("The page asks for the master password.");
      return 0;
    }
  }
}
