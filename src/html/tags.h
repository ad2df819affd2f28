// The element and attribute names that reading a page turns on, as small numbers, and what the standard says about each
// element (WHATWG HTML 13.1.2, 13.2.4.2 f., 15.3): void, closes <p>, scope boundary, default display. Constant data;
// thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace sekisho::html {

enum class Tag : uint8_t {
  other,  // unknown: inline, matched by its name
  a,
  address,
  applet,
  area,
  article,
  aside,
  audio,
  b,
  base,
  basefont,
  bgsound,
  big,
  blockquote,
  body,
  br,
  button,
  canvas,
  caption,
  center,
  code,
  col,
  colgroup,
  datalist,
  dd,
  defs,
  desc,
  details,
  dialog,
  dir,
  div,
  dl,
  dt,
  em,
  embed,
  fieldset,
  figcaption,
  figure,
  font,
  footer,
  foreignobject,
  form,
  frame,
  frameset,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  header,
  hgroup,
  hr,
  html,
  i,
  iframe,
  image,
  img,
  input,
  keygen,
  label,
  legend,
  li,
  link,
  listing,
  main,
  marquee,
  math,
  menu,
  meta,
  metadata,
  mi,
  mn,
  mo,
  ms,
  mtext,
  nav,
  nobr,
  noembed,
  noframes,
  noscript,
  object,
  ol,
  optgroup,
  option,
  p,
  param,
  plaintext,
  pre,
  rp,
  ruby,
  s,
  script,
  search,
  section,
  select,
  small,
  source,
  span,
  strike,
  strong,
  style,
  sub,
  summary,
  sup,
  svg,
  table,
  tbody,
  td,
  template_,
  text,
  textarea,
  tfoot,
  th,
  thead,
  title,
  tr,
  track,
  tt,
  u,
  ul,
  var,
  video,
  wbr,
  xmp,
  count_
};

enum class Display : uint8_t { inline_, inline_block, block, row, cell, none };

struct TagInfo {
  Display display = Display::inline_;
  bool void_ = false;         // has no content and no end tag
  bool closes_p = false;      // its start tag ends an open <p>
  bool formatting = false;    // survives the end of the block it was opened in ("active formatting element")
  bool special = false;       // stops the search for a stray end tag's element
  bool scope = false;         // boundary of "in scope"
  bool marker = false;        // formatting elements and links opened inside end with it
  bool optional_end = false;  // its end tag may be left out
  bool breakout = false;      // an HTML start tag that ends <svg> and <math>
};

Tag tag_of(std::string_view name);  // any case
const TagInfo& info(Tag);

enum class Attr : uint8_t {
  action,
  alt,
  aria_label,
  bgcolor,
  background,
  class_,
  color,
  content,
  data,
  download,
  for_,
  form,
  formaction,
  height,
  hidden,
  href,
  http_equiv,
  id,
  media,
  method,
  name,
  open,
  placeholder,
  size,
  src,
  srcdoc,
  style,
  text,
  type,
  value,
  width,
  xlink_href,
  count_,
  none
};

Attr attr_of(std::string_view name);  // any case; none when no one asks for it

}  // namespace sekisho::html
