#include "probes/sql_schema.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace interlock {
namespace {

constexpr std::array<std::string_view, 10> kFields{"table_schema", "table_name", "column_name", "column_type", "is_nullable",
                                                   "column_default", "character_set_name", "collation_name", "extra", "table_collation"};
using Fields = std::array<std::optional<std::string>, kFields.size()>;
enum Field : std::size_t { database, table, column, type, nullable, standard, charset, collation, extra, table_collation };

std::optional<std::string> text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number() || value.is_boolean()) return value.dump();
  return std::nullopt;
}

std::optional<Fields> fields_of(const Json& row) {
  Fields fields;
  if (row.is_array() && row.size() == kFields.size()) {
    for (std::size_t i = 0; i < kFields.size(); ++i) fields[i] = text_of(row[i]);
    return fields;
  }
  if (!row.is_object()) return std::nullopt;
  for (const auto& [key, value] : row.items()) {
    const auto known = std::find(kFields.begin(), kFields.end(), lower_ascii(key));
    if (known != kFields.end()) fields[static_cast<std::size_t>(known - kFields.begin())] = text_of(value);
  }
  return fields;
}

bool mentions(const std::string& text, std::string_view what) { return lower_ascii(text).find(what) != std::string::npos; }

bool same_default(const std::optional<std::string>& a, const std::optional<std::string>& b) {
  if (a == b) return true;
  if (!a || !b) return false;
  double x = 0, y = 0;  // 0 and 0.00 are one default
  const auto read = [](const std::string& text, double& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
  };
  return read(*a, x) && read(*b, y) && !(x < y) && !(y < x);
}

std::string shown(const std::optional<std::string>& value) { return value ? "'" + std::string(head(*value, 60)) + "'" : "none"; }

// The value behind DEFAULT, as raw text.
std::optional<std::string> read_default(SqlCursor& cursor) {
  const std::size_t start = cursor.place();
  if (cursor.is_symbol('(')) {
    if (!cursor.skip_parentheses()) return std::nullopt;
  } else {
    if (cursor.is_symbol('-') || cursor.is_symbol('+')) cursor.skip();
    if (cursor.at_end()) return std::nullopt;
    const bool word = cursor.is(SqlTokenKind::word);
    if (!word && !cursor.is(SqlTokenKind::string) && !cursor.is(SqlTokenKind::number)) return std::nullopt;
    cursor.skip();
    if (word && cursor.is(SqlTokenKind::string)) cursor.skip();   // b'0', x'00', _utf8'…'
    if (word && cursor.is_symbol('(') && !cursor.skip_parentheses()) return std::nullopt;
  }
  return std::string(cursor.text_from(start));
}

bool skip_reference(SqlCursor& cursor) {
  if (!cursor.name()) return false;
  if (cursor.accept_symbol('.') && !cursor.name()) return false;
  if (cursor.is_symbol('(') && !cursor.skip_parentheses()) return false;
  while (cursor.accept("on")) {
    cursor.skip();   // DELETE or UPDATE
    if (!cursor.accept_words({"set", "null"}) && !cursor.accept_words({"set", "default"}) && !cursor.accept_words({"no", "action"})) cursor.skip();
  }
  return true;
}

// One attribute behind the type; false when it is none that is known.
bool read_attribute(SqlCursor& cursor, SqlColumnDefinition& d) {
  SqlColumn& column = d.column;
  if (cursor.accept_words({"not", "null"})) {
    column.nullable = false;
    return d.null_said = true;
  }
  if (cursor.accept("null")) return d.null_said = true;
  if (cursor.accept("default")) {
    const auto raw = read_default(cursor);
    if (!raw) return false;
    column.default_value = normalise_default(*raw);
    return d.default_said = true;
  }
  if (cursor.accept("auto_increment")) return column.auto_increment = true;
  if (cursor.accept("unique")) {
    cursor.accept("key");
    return d.key = true;
  }
  if (cursor.accept_words({"primary", "key"}) || cursor.accept("key")) {
    column.nullable = false;
    return d.key = d.null_said = true;
  }
  if (cursor.accept("comment")) return cursor.string().has_value();
  if (cursor.accept_words({"on", "update"})) {
    column.on_update = true;
    cursor.skip();
    return !cursor.is_symbol('(') || cursor.skip_parentheses();
  }
  if (cursor.accept_words({"generated", "always", "as"}) || cursor.accept("as")) {
    column.generated = true;
    return cursor.skip_parentheses();
  }
  if (cursor.accept("virtual") || cursor.accept("stored") || cursor.accept("persistent")) return true;
  if (cursor.accept("references")) return skip_reference(cursor);
  if (cursor.accept("check")) return cursor.skip_parentheses();
  if (cursor.accept("column_format") || cursor.accept("storage")) {
    cursor.skip();
    return true;
  }
  if (cursor.accept("visible")) return true;
  if (cursor.accept("first")) return true;
  if (cursor.accept("after")) return cursor.name().has_value();
  if (cursor.accept("collate")) {
    auto name = cursor.name();
    if (!name) name = cursor.string();
    if (!name) return false;
    column.type.collation = canonical_collation(*name);
    if (column.type.charset.empty()) column.type.charset = charset_of_collation(column.type.collation);
    return true;
  }
  return false;
}

bool textual(const SqlType& type) {
  return type.family == SqlFamily::text || type.family == SqlFamily::enumeration || type.family == SqlFamily::set;
}

}  // namespace

std::optional<std::string> normalise_default(std::string_view raw) {
  const auto tokens = sql_tokens(raw);
  SqlCursor cursor(raw, tokens);
  if (tokens.size() == 1 && cursor.is_word("null")) return std::nullopt;
  if (tokens.size() == 1 && cursor.is(SqlTokenKind::string)) return cursor.string();
  const std::string lower = lower_ascii(raw);
  for (const std::string_view now : {"current_timestamp", "now", "localtime", "localtimestamp"}) {
    if (!lower.starts_with(now)) continue;
    std::string rest = lower.substr(now.size());
    if (rest.empty() || rest == "()" || rest == "(0)") return "current_timestamp";
    if (rest.front() == '(') return "current_timestamp" + rest;
  }
  if (lower == "true") return "1";
  if (lower == "false") return "0";
  return std::string(raw);
}

Result<SqlSchema> schema_from_rows(const Json& rows) {
  if (!rows.is_array()) return failure(Cause::protocol, "the columns of the schema are not a list of rows");
  SqlSchema schema;
  for (const Json& row : rows) {
    const auto fields = fields_of(row);
    if (!fields || !(*fields)[table] || !(*fields)[column] || !(*fields)[type] || !(*fields)[nullable]) {
      return failure(Cause::protocol, "a row of information_schema.columns lacks table_name, column_name, column_type or is_nullable");
    }
    const Fields& f = *fields;
    schema.database = f[database].value_or(schema.database);
    SqlTable& entry = schema.tables[*f[table]];
    entry.collation = canonical_collation(f[table_collation].value_or(""));
    entry.charset = charset_of_collation(entry.collation);
    auto read = parse_sql_type(*f[type]);
    if (!read) continue;
    read->charset = canonical_charset(f[charset].value_or(""));
    read->collation = canonical_collation(f[collation].value_or(""));
    SqlColumn known;
    known.name = *f[column];
    known.type = std::move(*read);
    known.nullable = equals_ignoring_case(*f[nullable], "yes");
    if (f[standard]) known.default_value = normalise_default(*f[standard]);
    const std::string more = f[extra].value_or("");
    known.auto_increment = mentions(more, "auto_increment");
    known.on_update = mentions(more, "on update");
    known.generated = mentions(more, "virtual generated") || mentions(more, "stored generated") || mentions(more, "persistent");
    entry.columns[lower_ascii(known.name)] = std::move(known);
  }
  return schema;
}

SqlColumnDefinition read_column_definition(SqlCursor& cursor, std::string name) {
  SqlColumnDefinition definition;
  definition.column.name = std::move(name);
  auto type = read_sql_type(cursor);
  if (!type) {
    definition.trouble = "its type '" + std::string(head(cursor.raw(), 40)) + "' is not known";
    return definition;
  }
  definition.column.type = std::move(*type);
  while (!cursor.at_end() && !cursor.is_symbol(',')) {
    const std::string at(head(cursor.raw(), 40));
    if (!read_attribute(cursor, definition)) {
      definition.trouble = "'" + at + "' in its definition is not understood";
      return definition;
    }
  }
  return definition;
}

SqlTypeChange compare_columns(const SqlColumn& present, const SqlColumnDefinition& wanted, const SqlTable& table) {
  SqlType to = wanted.column.type;
  if (textual(to)) {
    if (to.charset.empty()) {
      to.charset = table.charset;
      if (to.collation.empty()) to.collation = table.collation;
    }
  }
  if (present.generated || wanted.column.generated) return {SqlClass::unclassified, "it is a generated column"};
  if (to.family == SqlFamily::timestamp && (!wanted.null_said || (!wanted.default_said && !present.nullable))) {
    return {SqlClass::unclassified, "a TIMESTAMP without NULL or NOT NULL and a DEFAULT gets them from the server's settings"};
  }
  SqlTypeChange change = compare_types(present.type, to);
  const auto worse = [&](SqlClass verdict, std::string reason) {
    if (verdict > change.verdict) change = {verdict, std::move(reason)};
  };
  const SqlColumn& column = wanted.column;
  if (present.nullable && !column.nullable) worse(SqlClass::data_dependent, "NOT NULL fails or changes rows that hold NULL");
  if (!present.nullable && column.nullable) worse(SqlClass::data_dependent, "NOT NULL is dropped (repeat it to keep it): running nodes may read NULL where there was none");
  if (present.default_value && !column.default_value) {
    worse(SqlClass::narrowing, "the default " + shown(present.default_value) + " is dropped (repeat it to keep it): inserts that rely on it fail or store NULL");
  } else if (!same_default(present.default_value, column.default_value)) {
    worse(SqlClass::data_dependent, "the default changes from " + shown(present.default_value) + " to " + shown(column.default_value) + ", which inserts of running nodes then store");
  }
  if (present.auto_increment && !column.auto_increment) worse(SqlClass::narrowing, "AUTO_INCREMENT is dropped (repeat it to keep it)");
  if (!present.auto_increment && column.auto_increment) worse(SqlClass::data_dependent, "AUTO_INCREMENT is added to an existing column");
  if (present.on_update != column.on_update) worse(SqlClass::data_dependent, "ON UPDATE CURRENT_TIMESTAMP is added or dropped");
  if (wanted.key) worse(SqlClass::data_dependent, "a key is added that existing rows may break");
  if (change.verdict == SqlClass::additive) change.reason = "the column keeps its definition";
  return change;
}

}  // namespace interlock
