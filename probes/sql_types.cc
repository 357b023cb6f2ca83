#include "probes/sql_types.h"

#include <algorithm>
#include <array>

namespace interlock {
namespace {

constexpr std::uint64_t kTinyText = 255, kText = 65'535, kMediumText = 16'777'215, kLongText = 4'294'967'295;

struct NamedType {
  std::string_view word;       // as written
  std::string_view canonical;
  SqlFamily family;
};
constexpr std::array kTypes{
    NamedType{"tinyint", "tinyint", SqlFamily::integer}, NamedType{"int1", "tinyint", SqlFamily::integer},
    NamedType{"bool", "tinyint", SqlFamily::integer}, NamedType{"boolean", "tinyint", SqlFamily::integer},
    NamedType{"smallint", "smallint", SqlFamily::integer}, NamedType{"int2", "smallint", SqlFamily::integer},
    NamedType{"mediumint", "mediumint", SqlFamily::integer}, NamedType{"int3", "mediumint", SqlFamily::integer},
    NamedType{"middleint", "mediumint", SqlFamily::integer}, NamedType{"int", "int", SqlFamily::integer},
    NamedType{"integer", "int", SqlFamily::integer}, NamedType{"int4", "int", SqlFamily::integer},
    NamedType{"bigint", "bigint", SqlFamily::integer}, NamedType{"int8", "bigint", SqlFamily::integer},
    NamedType{"decimal", "decimal", SqlFamily::decimal}, NamedType{"numeric", "decimal", SqlFamily::decimal},
    NamedType{"dec", "decimal", SqlFamily::decimal}, NamedType{"fixed", "decimal", SqlFamily::decimal},
    NamedType{"float", "float", SqlFamily::floating}, NamedType{"float4", "float", SqlFamily::floating},
    NamedType{"double", "double", SqlFamily::floating}, NamedType{"float8", "double", SqlFamily::floating},
    NamedType{"bit", "bit", SqlFamily::bit},
    NamedType{"char", "char", SqlFamily::text}, NamedType{"character", "char", SqlFamily::text},
    NamedType{"varchar", "varchar", SqlFamily::text}, NamedType{"varcharacter", "varchar", SqlFamily::text},
    NamedType{"tinytext", "tinytext", SqlFamily::text}, NamedType{"text", "text", SqlFamily::text},
    NamedType{"mediumtext", "mediumtext", SqlFamily::text}, NamedType{"longtext", "longtext", SqlFamily::text},
    NamedType{"binary", "binary", SqlFamily::bytes}, NamedType{"varbinary", "varbinary", SqlFamily::bytes},
    NamedType{"tinyblob", "tinyblob", SqlFamily::bytes}, NamedType{"blob", "blob", SqlFamily::bytes},
    NamedType{"mediumblob", "mediumblob", SqlFamily::bytes}, NamedType{"longblob", "longblob", SqlFamily::bytes},
    NamedType{"enum", "enum", SqlFamily::enumeration}, NamedType{"set", "set", SqlFamily::set},
    NamedType{"date", "date", SqlFamily::date}, NamedType{"time", "time", SqlFamily::time},
    NamedType{"datetime", "datetime", SqlFamily::datetime}, NamedType{"timestamp", "timestamp", SqlFamily::timestamp},
    NamedType{"year", "year", SqlFamily::year}, NamedType{"json", "json", SqlFamily::json},
    NamedType{"geometry", "geometry", SqlFamily::spatial}, NamedType{"point", "point", SqlFamily::spatial},
    NamedType{"linestring", "linestring", SqlFamily::spatial}, NamedType{"polygon", "polygon", SqlFamily::spatial},
    NamedType{"multipoint", "multipoint", SqlFamily::spatial}, NamedType{"multilinestring", "multilinestring", SqlFamily::spatial},
    NamedType{"multipolygon", "multipolygon", SqlFamily::spatial}, NamedType{"geometrycollection", "geometrycollection", SqlFamily::spatial},
};

struct NamedCharset {
  std::string_view name;
  std::uint64_t bytes;
};
constexpr std::array kCharsets{
    NamedCharset{"ascii", 1}, NamedCharset{"latin1", 1}, NamedCharset{"latin2", 1}, NamedCharset{"latin5", 1}, NamedCharset{"latin7", 1},
    NamedCharset{"binary", 1}, NamedCharset{"cp1250", 1}, NamedCharset{"cp1251", 1}, NamedCharset{"cp1256", 1}, NamedCharset{"cp1257", 1},
    NamedCharset{"cp850", 1}, NamedCharset{"cp852", 1}, NamedCharset{"cp866", 1}, NamedCharset{"koi8r", 1}, NamedCharset{"koi8u", 1},
    NamedCharset{"greek", 1}, NamedCharset{"hebrew", 1}, NamedCharset{"swe7", 1}, NamedCharset{"tis620", 1}, NamedCharset{"macroman", 1},
    NamedCharset{"gbk", 2}, NamedCharset{"gb2312", 2}, NamedCharset{"big5", 2}, NamedCharset{"euckr", 2}, NamedCharset{"sjis", 2},
    NamedCharset{"cp932", 2}, NamedCharset{"ucs2", 2}, NamedCharset{"ujis", 3}, NamedCharset{"eucjpms", 3}, NamedCharset{"utf8", 3},
    NamedCharset{"utf8mb3", 3}, NamedCharset{"utf8mb4", 4}, NamedCharset{"gb18030", 4}, NamedCharset{"utf16", 4}, NamedCharset{"utf16le", 4},
    NamedCharset{"utf32", 4},
};

// Puts the words that MySQL takes for a type of another name behind that name.
std::optional<NamedType> type_name(SqlCursor& cursor) {
  cursor.accept("national");
  if (cursor.accept_words({"double", "precision"}) || cursor.accept("real")) return NamedType{"double", "double", SqlFamily::floating};
  if (cursor.accept_words({"char", "varying"}) || cursor.accept_words({"character", "varying"}) || cursor.accept("nvarchar")) {
    return NamedType{"varchar", "varchar", SqlFamily::text};
  }
  if (cursor.accept("nchar")) return NamedType{"char", "char", SqlFamily::text};
  if (cursor.accept_words({"long", "varbinary"})) return NamedType{"mediumblob", "mediumblob", SqlFamily::bytes};
  if (cursor.accept("long")) {
    if (!cursor.accept("varchar")) cursor.accept("varcharacter");
    return NamedType{"mediumtext", "mediumtext", SqlFamily::text};
  }
  if (!cursor.is(SqlTokenKind::word)) return std::nullopt;
  for (const NamedType& type : kTypes) {
    if (cursor.accept(type.word)) return type;
  }
  return std::nullopt;
}

bool read_members(SqlCursor& cursor, SqlType& type) {
  auto inside = cursor.inside_parentheses();
  if (!inside) return false;
  while (!inside->at_end()) {
    auto member = inside->string();
    if (!member) return false;
    type.members.push_back(std::move(*member));
    if (!inside->at_end() && !inside->accept_symbol(',')) return false;
  }
  return !type.members.empty();
}

bool read_size(SqlCursor& cursor, SqlType& type) {
  if (!cursor.is_symbol('(')) return true;
  auto inside = cursor.inside_parentheses();
  if (!inside) return false;
  type.length = inside->number();
  if (!type.length) return false;
  if (inside->accept_symbol(',')) {
    type.scale = inside->number();
    if (!type.scale) return false;
  }
  return inside->at_end();
}

void read_attributes(SqlCursor& cursor, SqlType& type) {
  for (;;) {
    if (cursor.accept("unsigned")) {
      type.is_unsigned = true;
    } else if (cursor.accept("zerofill")) {
      type.zerofill = type.is_unsigned = true;
    } else if (cursor.accept("signed")) {
      type.is_unsigned = false;
    } else if (cursor.accept_words({"character", "set"}) || cursor.accept_words({"char", "set"}) || cursor.accept("charset")) {
      cursor.accept_symbol('=');
      auto name = cursor.name();
      if (!name) name = cursor.string();
      type.charset = canonical_charset(name.value_or(""));
    } else if (cursor.accept("collate")) {
      cursor.accept_symbol('=');
      auto name = cursor.name();
      if (!name) name = cursor.string();
      type.collation = canonical_collation(name.value_or(""));
      if (type.charset.empty()) type.charset = charset_of_collation(type.collation);
    } else if (type.family == SqlFamily::text && cursor.accept("binary")) {
      type.collation = "binary attribute";  // the character set's own _bin collation; never equal to a named one
    } else if (type.family == SqlFamily::text && cursor.accept("ascii")) {
      type.charset = "latin1";
    } else {
      return;
    }
  }
}

// TEXT(n) and BLOB(n) choose the smallest type that holds n characters.
void choose_text(SqlType& type) {
  if ((type.name != "text" && type.name != "blob") || !type.length) return;
  const std::uint64_t per = type.name == "text" ? bytes_per_character(type.charset).value_or(1) : 1;
  const std::uint64_t bytes = *type.length > kLongText ? kLongText : *type.length * per;
  const std::string stem = type.name;
  type.name = bytes <= kTinyText ? "tiny" + stem : bytes <= kText ? stem : bytes <= kMediumText ? "medium" + stem : "long" + stem;
  type.length.reset();
}

void fill_defaults(SqlType& type) {
  switch (type.family) {
    case SqlFamily::integer:
      type.length.reset();
      break;
    case SqlFamily::decimal:
      if (!type.length) type.length = 10;
      if (!type.scale) type.scale = 0;
      break;
    case SqlFamily::floating:
      if (type.name == "float" && type.length && !type.scale) {
        constexpr std::uint64_t kFloatBits = 24;
        if (*type.length > kFloatBits) type.name = "double";
        type.length.reset();
      }
      break;
    case SqlFamily::bit:
      if (!type.length) type.length = 1;
      break;
    case SqlFamily::text:
    case SqlFamily::bytes:
      choose_text(type);
      if ((type.name == "char" || type.name == "binary") && !type.length) type.length = 1;
      break;
    case SqlFamily::time:
    case SqlFamily::datetime:
    case SqlFamily::timestamp:
      if (!type.length) type.length = 0;
      break;
    case SqlFamily::year:
      type.length.reset();
      break;
    case SqlFamily::enumeration:
    case SqlFamily::set:
    case SqlFamily::date:
    case SqlFamily::json:
    case SqlFamily::spatial: break;
  }
}

std::uint64_t integer_bytes(const std::string& name) {
  if (name == "tinyint") return 1;
  if (name == "smallint") return 2;
  if (name == "mediumint") return 3;
  return name == "int" ? 4 : 8;
}

SqlTypeChange widens(const SqlType& from, const SqlType& to) {
  return {SqlClass::widening, to_string(from) + " to " + to_string(to) + " takes every old value"};
}
SqlTypeChange narrows(const SqlType& from, const SqlType& to, std::string_view why) {
  return {SqlClass::narrowing, to_string(from) + " to " + to_string(to) + ": " + std::string(why)};
}

SqlTypeChange integers(const SqlType& from, const SqlType& to) {
  const std::uint64_t old_bytes = integer_bytes(from.name), new_bytes = integer_bytes(to.name);
  if (!from.is_unsigned && to.is_unsigned) return narrows(from, to, "negative values no longer fit");
  const bool fits = from.is_unsigned == to.is_unsigned ? new_bytes >= old_bytes : new_bytes > old_bytes;
  return fits ? widens(from, to) : narrows(from, to, "the new range does not contain the old one");
}

SqlTypeChange decimals(const SqlType& from, const SqlType& to) {
  if (!from.is_unsigned && to.is_unsigned) return narrows(from, to, "negative values no longer fit");
  if (*to.scale < *from.scale) return narrows(from, to, "fractional digits are lost");
  if (*to.length < *to.scale || *from.length < *from.scale) return narrows(from, to, "more fractional digits than digits");
  if (*to.length - *to.scale < *from.length - *from.scale) return narrows(from, to, "there are fewer digits before the point");
  return widens(from, to);
}

SqlTypeChange floats(const SqlType& from, const SqlType& to) {
  if (!from.is_unsigned && to.is_unsigned) return narrows(from, to, "negative values no longer fit");
  if (from.name == "double" && to.name == "float") return narrows(from, to, "precision is lost");
  if (to.length && (from.length != to.length || from.scale != to.scale)) return narrows(from, to, "values are rounded to the given digits");
  return widens(from, to);
}

SqlTypeChange texts(const SqlType& from, const SqlType& to) {
  const auto old_bytes = capacity_bytes(from), new_bytes = capacity_bytes(to);
  if (!old_bytes || !new_bytes) {
    return {SqlClass::unclassified, to_string(from) + " to " + to_string(to) + ": the character set is not known"};
  }
  if (*new_bytes < *old_bytes) {
    return narrows(from, to, "it holds " + std::to_string(*new_bytes) + " bytes instead of " + std::to_string(*old_bytes));
  }
  if (from.charset != to.charset) return narrows(from, to, "the character set changes from " + from.charset + " to " + to.charset);
  if (!from.collation.empty() && !to.collation.empty() && from.collation != to.collation) {
    return {SqlClass::data_dependent, "the collation changes from " + from.collation + " to " + to.collation + ": order and uniqueness of the rows change"};
  }
  if (from.name != "char" && to.name == "char") return narrows(from, to, "CHAR drops blanks at the end");
  return widens(from, to);
}

SqlTypeChange byte_strings(const SqlType& from, const SqlType& to) {
  if (from.name == "binary" || to.name == "binary") return narrows(from, to, "BINARY pads with zero bytes: its length must not change");
  const auto old_bytes = capacity_bytes(from), new_bytes = capacity_bytes(to);
  if (!old_bytes || !new_bytes) return {SqlClass::unclassified, to_string(from) + " to " + to_string(to) + ": the length is not known"};
  if (*new_bytes < *old_bytes) {
    return narrows(from, to, "it holds " + std::to_string(*new_bytes) + " bytes instead of " + std::to_string(*old_bytes));
  }
  return widens(from, to);
}

SqlTypeChange lists(const SqlType& from, const SqlType& to) {
  if (from.charset != to.charset) return narrows(from, to, "the character set changes from " + from.charset + " to " + to.charset);
  if (to.members.size() < from.members.size() || !std::equal(from.members.begin(), from.members.end(), to.members.begin())) {
    return narrows(from, to, "members may only be added at the end of the list");
  }
  if (!from.collation.empty() && !to.collation.empty() && from.collation != to.collation) {
    return {SqlClass::data_dependent, "the collation changes from " + from.collation + " to " + to.collation};
  }
  return widens(from, to);
}

SqlTypeChange precisions(const SqlType& from, const SqlType& to, std::string_view lost) {
  return to.length.value_or(0) >= from.length.value_or(0) ? widens(from, to) : narrows(from, to, lost);
}

bool same_type(const SqlType& a, const SqlType& b) {
  return a.family == b.family && a.name == b.name && a.length == b.length && a.scale == b.scale && a.is_unsigned == b.is_unsigned &&
         a.zerofill == b.zerofill && a.members == b.members && a.charset == b.charset &&
         (a.collation == b.collation || a.collation.empty() || b.collation.empty());
}

}  // namespace

const char* to_string(SqlClass value) {
  switch (value) {
    case SqlClass::additive: return "additive";
    case SqlClass::widening: return "widening";
    case SqlClass::data_dependent: return "depends on the data";
    case SqlClass::narrowing: return "narrowing";
    case SqlClass::destructive: return "destructive";
    case SqlClass::unclassified: return "unclassified";
    case SqlClass::failing: return "failing";
  }
  return "?";
}

std::optional<SqlType> read_sql_type(SqlCursor& cursor) {
  const bool national = cursor.is_word("national") || cursor.is_word("nchar") || cursor.is_word("nvarchar");
  const auto named = type_name(cursor);
  if (!named) return std::nullopt;
  SqlType type;
  type.family = named->family;
  type.name = named->canonical;
  if (national) type.charset = "utf8mb3";
  if (type.family == SqlFamily::enumeration || type.family == SqlFamily::set) {
    if (!read_members(cursor, type)) return std::nullopt;
  } else if (!read_size(cursor, type)) {
    return std::nullopt;
  }
  read_attributes(cursor, type);
  fill_defaults(type);
  return type;
}

std::optional<SqlType> parse_sql_type(std::string_view text) {
  const auto tokens = sql_tokens(text);
  SqlCursor cursor(text, tokens);
  auto type = read_sql_type(cursor);
  if (!type || !cursor.at_end()) return std::nullopt;
  return type;
}

std::string to_string(const SqlType& type) {
  std::string text = type.name;
  if (!type.members.empty()) {
    constexpr std::size_t kMaxShown = 8;
    text += "(";
    for (std::size_t i = 0; i < std::min(type.members.size(), kMaxShown); ++i) text += (i > 0 ? ",'" : "'") + std::string(head(type.members[i], 40)) + "'";
    text += type.members.size() > kMaxShown ? ",…)" : ")";
  } else if (type.length && (*type.length > 0 || type.family == SqlFamily::text)) {
    text += "(" + std::to_string(*type.length) + (type.scale ? "," + std::to_string(*type.scale) : "") + ")";
  }
  if (type.is_unsigned) text += " unsigned";
  if (type.zerofill) text += " zerofill";
  return text;
}

std::optional<std::uint64_t> bytes_per_character(std::string_view charset) {
  for (const NamedCharset& known : kCharsets) {
    if (known.name == charset) return known.bytes;
  }
  return std::nullopt;
}

std::string canonical_charset(std::string_view name) {
  std::string text = lower_ascii(name);
  return text == "utf8" ? "utf8mb3" : text;
}

std::string canonical_collation(std::string_view name) {
  std::string text = lower_ascii(name);
  return text.starts_with("utf8_") ? "utf8mb3_" + text.substr(5) : text;
}

std::string charset_of_collation(std::string_view collation) { return canonical_charset(collation.substr(0, collation.find('_'))); }

std::optional<std::uint64_t> capacity_bytes(const SqlType& type) {
  const std::string& name = type.name;
  if (name == "tinytext" || name == "tinyblob") return kTinyText;
  if (name == "text" || name == "blob") return kText;
  if (name == "mediumtext" || name == "mediumblob") return kMediumText;
  if (name == "longtext" || name == "longblob") return kLongText;
  if (!type.length || *type.length > kLongText) return std::nullopt;
  if (type.family == SqlFamily::bytes) return type.length;
  const auto per = bytes_per_character(type.charset);
  return per ? std::optional(*type.length * *per) : std::nullopt;
}

SqlTypeChange compare_types(const SqlType& from, const SqlType& to) {
  if (same_type(from, to)) return {SqlClass::additive, "the type stays " + to_string(to)};
  if (from.family != to.family) return narrows(from, to, "it is another kind of type");
  if (from.zerofill != to.zerofill) return narrows(from, to, "ZEROFILL changes what clients read");
  switch (from.family) {
    case SqlFamily::integer: return integers(from, to);
    case SqlFamily::decimal: return decimals(from, to);
    case SqlFamily::floating: return floats(from, to);
    case SqlFamily::bit: return precisions(from, to, "bits are lost");
    case SqlFamily::text: return texts(from, to);
    case SqlFamily::bytes: return byte_strings(from, to);
    case SqlFamily::enumeration:
    case SqlFamily::set: return lists(from, to);
    case SqlFamily::time:
    case SqlFamily::datetime:
    case SqlFamily::timestamp: return precisions(from, to, "fractions of a second are lost");
    case SqlFamily::date:
    case SqlFamily::year:
    case SqlFamily::json:
    case SqlFamily::spatial: return narrows(from, to, "it is another type");
  }
  return {SqlClass::unclassified, "the types are not comparable"};
}

}  // namespace interlock
