// Takes a charset label as mails and pages write it, gives the charset. Labels are compared by their letters and digits
// only, so "Shift-JIS", "shift_jis" and "SHIFT JIS" are one; names are those of the WHATWG Encoding standard, plus what
// mail programs use. Entry: find_charset. Refuses nothing; an unknown label is nullptr.
#include <unordered_map>

#include "base/strings.h"
#include "text/charset.h"
#include "text/charset_tables.h"

namespace sekisho::text {
namespace internal {
namespace {

constexpr Charset kCharsets[] = {
    {"utf-8", Kind::utf8, nullptr,
     "utf8 unicode11utf8 unicode20utf8 xunicode20utf8 utf8n utf8mb4 cesu8 xutf8 unicode utf8sig 65001 cp65001 csutf8"},
    {"utf-16le", Kind::utf16le, nullptr, "utf16le unicodefeff csutf16le"},
    {"utf-16be", Kind::utf16be, nullptr, "utf16be unicodefffe csutf16be"},
    {"utf-16", Kind::utf16, nullptr, "utf16 iso10646ucs2 ucs2 csunicode csutf16"},
    {"utf-7", Kind::utf7, nullptr, "utf7 unicode11utf7 xunicode20utf7 csunicode11utf7 cp65000 csutf7"},
    {"windows-31j", Kind::windows31j, nullptr,
     "cswindows31j shiftjis sjis xsjis msshiftjis xmsshiftjis mskanji cp932 ms932 xms932 windows932 csshiftjis "
     "shiftjis2004 sjiswin sjisopen sjisms xshiftjis shiftjisx0213 cp943 cp943c ibm943 xsjiscp932 windows31jis"},
    {"euc-jp", Kind::eucjp, nullptr,
     "eucjp xeucjp cseucpkdfmtjapanese eucjpwin eucjpms cp51932 xeuc ujis eucjisx0213 cp20932 eucjis xeucjpwin"},
    {"iso-2022-jp", Kind::iso2022jp, nullptr,
     "iso2022jp csiso2022jp iso2022jpms cp50220 cp50221 cp50222 xcp50220 xcp50221 iso2022jp1 iso2022jp2 iso2022jp3 "
     "iso2022jp2004 xwindowsiso2022jp jis jis7 junet csjisencoding windows50221 iso2022jpext csiso2022jp2"},
    {"iso-2022-kr", Kind::iso2022kr, nullptr, "iso2022kr csiso2022kr cp50225"},
    {"hz-gb-2312", Kind::hz, nullptr, "hzgb2312 hz cp52936"},
    {"gb18030", Kind::gb18030, nullptr, "gb180302000 gb180302005 cp54936 windows54936"},
    {"gbk", Kind::gb18030, nullptr,
     "gb2312 chinese csgb2312 csiso58gb231280 gb231280 isoir58 xgbk cp936 ms936 windows936 euccn xeuccn csgbk "
     "gb23121980 "
     "cn gb cngb eucgb2312cn"},
    {"big5", Kind::big5, nullptr,
     "big5hkscs cnbig5 csbig5 xxbig5 xbig5 cp950 windows950 ms950 big5eten big5hkscs2004 tcabig5 euctwbig5 "
     "csbig5hkscs"},
    {"euc-kr", Kind::euckr, nullptr,
     "euckr cseuckr csksc56011987 isoir149 korean ksc56011987 ksc56011989 ksc5601 windows949 cp949 ms949 uhc "
     "xwindows949 "
     "ksc5601 ksc56011992 xeuckr cp51949"},
    // WHATWG reads us-ascii as windows-1252; it is kept apart here because 8-bit bytes prove such a label wrong.
    {"windows-1252", Kind::ascii, nullptr,
     "usascii ascii ansix341968 ansix341986 iso646us iso646irv1991 isoir6 cp367 ibm367 csascii us iso646 7bit 8bit "
     "unknown8bit"},
    {"windows-1252", Kind::single, "windows-1252",
     "iso88591 iso885911987 isoir100 latin1 l1 cp819 ibm819 csisolatin1 cp1252 xcp1252 ms1252 cswindows1252 xansi ansi "
     "western"},
    {"windows-1250", Kind::single, "ibm-5346_P100-1998", "cp1250 xcp1250 cswindows1250"},
    {"windows-1251", Kind::single, "ibm-5347_P100-1998", "cp1251 xcp1251 cswindows1251"},
    {"windows-1253", Kind::single, "ibm-5349_P100-1998", "cp1253 xcp1253 cswindows1253"},
    {"windows-1254", Kind::single, "ibm-5350_P100-1998",
     "cp1254 xcp1254 csisolatin5 iso88599 iso885991989 isoir148 l5 latin5 cswindows1254"},
    {"windows-1255", Kind::single, "ibm-9447_P100-2002", "cp1255 xcp1255 cswindows1255"},
    {"windows-1256", Kind::single, "ibm-9448_X100-2005", "cp1256 xcp1256 cswindows1256"},
    {"windows-1257", Kind::single, "ibm-9449_P100-2002", "cp1257 xcp1257 cswindows1257"},
    {"windows-1258", Kind::single, "ibm-5354_P100-1998", "cp1258 xcp1258 cswindows1258"},
    {"windows-874", Kind::single, "windows-874-2000", "dos874 iso885911 tis620 cp874 tis6202533 cstis620"},
    {"iso-8859-2", Kind::single, "ibm-912_P100-1995", "iso88592 iso885921987 csisolatin2 isoir101 l2 latin2"},
    {"iso-8859-3", Kind::single, "ibm-913_P100-2000", "iso88593 iso885931988 csisolatin3 isoir109 l3 latin3"},
    {"iso-8859-4", Kind::single, "ibm-914_P100-1995", "iso88594 iso885941988 csisolatin4 isoir110 l4 latin4"},
    {"iso-8859-5", Kind::single, "ibm-915_P100-1995", "iso88595 iso885951988 csisolatincyrillic cyrillic isoir144"},
    {"iso-8859-6", Kind::single, "ibm-1089_P100-1995",
     "iso88596 iso885961987 arabic asmo708 csiso88596e csiso88596i csisolatinarabic ecma114 iso88596e iso88596i "
     "isoir127"},
    {"iso-8859-7", Kind::single, "ibm-9005_X110-2007",
     "iso88597 iso885971987 csisolatingreek ecma118 elot928 greek greek8 isoir126 suneugreek"},
    {"iso-8859-8", Kind::single, "ibm-5012_P100-1999",
     "iso88598 iso885981988 csiso88598e csisolatinhebrew hebrew iso88598e isoir138 visual iso88598i csiso88598i "
     "logical"},
    {"iso-8859-10", Kind::single, "iso-8859_10-1998", "iso885910 csisolatin6 isoir157 l6 latin6 iso8859101992"},
    {"iso-8859-13", Kind::single, "ibm-921_P100-1995", "iso885913 latin7"},
    {"iso-8859-14", Kind::single, "iso-8859_14-1998", "iso885914 latin8 l8"},
    {"iso-8859-15", Kind::single, "ibm-923_P100-1998", "iso885915 csisolatin9 l9 latin9 latin0"},
    {"iso-8859-16", Kind::single, "", "iso885916 latin10 l10"},
    {"koi8-r", Kind::single, "ibm-878_P100-1996", "koi8r koi koi8 cskoi8r"},
    {"koi8-u", Kind::single, "ibm-1168_P100-2002", "koi8u koi8ru"},
    {"ibm866", Kind::single, "ibm-866_P100-1995", "866 cp866 csibm866"},
    {"macintosh", Kind::single, "macos-0_2-10.2", "mac csmacintosh xmacroman macroman"},
    {"x-mac-cyrillic", Kind::single, "macos-7_3-10.2", "xmacukrainian maccyrillic"},
    {"ibm850", Kind::single, "ibm-850_P100-1995", "cp850 850 cspc850multilingual"},
    {"ibm852", Kind::single, "ibm-852_P100-1995", "cp852 852 cspcp852"},
    {"ibm437", Kind::single, "ibm-437_P100-1995", "cp437 437 cspc8codepage437"},
    {"x-user-defined", Kind::user, nullptr, ""},
};

// Letters and digits in lower case; "*" begins the language of RFC 2231 section 5.
std::string label_key(std::string_view label) {
  std::string key;
  for (const char c : label) {
    if (c == '*' || key.size() > 40) break;
    if (is_alnum(c)) key += ascii_lower(c);
  }
  return key;
}

const StringMap<const Charset*>& labels() {
  static const auto* map = [] {
    auto* m = new StringMap<const Charset*>;
    for (const Charset& charset : kCharsets) {
      m->try_emplace(label_key(charset.name), &charset);
      for (const std::string_view alias : split(charset.aliases, ' '))
        if (!alias.empty()) m->insert_or_assign(std::string(alias), &charset);
    }
    // "windows-1252" names two rows: the label itself is the full single-byte one.
    for (const Charset& charset : kCharsets)
      if (charset.kind == Kind::single) m->insert_or_assign(label_key(charset.name), &charset);
    return m;
  }();
  return *map;
}

}  // namespace

const Charset* find_charset(std::string_view label) {
  if (label.size() > 200) return nullptr;
  if (iequals(label, "utf-8")) return &kCharsets[0];
  const auto found = labels().find(label_key(label));
  return found == labels().end() ? nullptr : found->second;
}

const Charset& charset_of(Kind kind) {
  for (const Charset& charset : kCharsets)
    if (charset.kind == kind) return charset;
  return kCharsets[0];
}

}  // namespace internal

std::string_view canonical_charset(std::string_view label) {
  const auto* charset = internal::find_charset(label);
  return charset ? charset->name : std::string_view{};
}

}  // namespace sekisho::text
