// Takes the files of content/actions, gives the catalogue. Entry: read_actions. Refuses an unknown horizon or effort,
// an id that stands twice, a step without one.
#include "desk/actions.h"

#include <algorithm>
#include <set>

#include "diag/toml.h"

namespace sekisho::desk {
namespace {

std::vector<CatalogueAction::Step> read_steps(diag::TomlReader& r, std::string_view key, const std::string& source,
                                              std::vector<Error>& errors) {
  std::vector<CatalogueAction::Step> out;
  for (const diag::TomlValue* value : r.tables(key)) {
    diag::TomlReader s(*value, source, errors);
    CatalogueAction::Step step;
    step.id = s.required_text("id");
    step.text = {s.required_text("en"), s.required_text("ja")};
    s.finish();
    out.push_back(std::move(step));
  }
  return out;
}

}  // namespace

std::vector<CatalogueAction> read_actions(const std::vector<TextFile>& files, std::vector<Error>& errors) {
  std::vector<CatalogueAction> out;
  std::set<std::string> ids;
  for (const TextFile& file : files) {
    const auto root = diag::parse_toml(file.text, file.name);
    if (!root) {
      errors.push_back(root.error());
      continue;
    }
    diag::TomlReader top(*root, file.name, errors);
    for (const diag::TomlValue* value : top.tables("action")) {
      diag::TomlReader r(*value, file.name, errors);
      CatalogueAction a;
      a.id = r.required_text("id");
      if (!ids.insert(a.id).second) r.error("id", "there is an action \"" + a.id + "\" already");
      a.horizon = r.one_of("horizon", {"now", "month", "long"});
      a.owner = r.required_text("owner");
      a.effort = r.one_of("effort", {"minutes", "hours", "days", "weeks"});
      a.text = {r.required_text("en"), r.required_text("ja")};
      a.check = {r.required_text("check_en"), r.required_text("check_ja")};
      a.command = r.text("command");
      a.done_by = r.texts("done_by"), a.themes = r.texts("themes"), a.covers = r.texts("covers");
      a.staff = read_steps(r, "staff", file.name, errors);
      a.customers = read_steps(r, "customers", file.name, errors);
      r.finish();
      out.push_back(std::move(a));
    }
    top.finish();
  }
  return out;
}

}  // namespace sekisho::desk
