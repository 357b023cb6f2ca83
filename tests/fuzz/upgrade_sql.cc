// Any bytes as an upgrade script: never a crash, statements in order that cover the input, and nothing that the
// splitter leaves out is a statement.
#include <string_view>

#include "probes/upgrade_sql.h"
#include "tests/fuzz/property.h"

using namespace interlock;

namespace {

const SqlSchema& schema() {
  static const SqlSchema live = [] {
    const auto row = [](const char* column, const char* type, const char* charset) {
      return Json::array({"d", "t", column, type, "NO", "0", charset, nullptr, "", "utf8mb4_bin"});
    };
    return schema_from_rows(Json::array({row("a", "int(11)", ""), row("b", "varchar(20)", "utf8mb4"), row("c", "enum('x','y')", "utf8mb4"), row("e", "decimal(9,2)", "")})).value();
  }();
  return live;
}

void check_cover(std::string_view text, const std::vector<SqlStatement>& statements) {
  std::size_t done = 0;
  for (const SqlStatement& statement : statements) {
    PROPERTY(statement.offset >= done);
    PROPERTY(statement.length > 0);
    PROPERTY(statement.offset + statement.length <= text.size());
    std::size_t inside = statement.offset;
    for (const SqlToken& token : statement.tokens) {
      PROPERTY(token.offset >= inside);
      inside = token.offset + token.length;
    }
    PROPERTY(inside <= statement.offset + statement.length);
    done = statement.offset + statement.length;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto statements = split_sql(text, "fuzz");
    check_cover(text, statements);
    for (const SqlSchema* live : {static_cast<const SqlSchema*>(nullptr), &schema()}) {
      const UpgradeJudgement judgement = judge_upgrade({{"fuzz", std::string(text)}}, live);
      PROPERTY(judgement.statements.size() == statements.size());
      PROPERTY((judgement.verdict == UpgradeVerdict::widening_only) == judgement.unsafe().empty());
      for (const SqlJudgement& statement : judgement.statements) {
        PROPERTY(!statement.reason.empty());
        PROPERTY(Json(statement.text + statement.reason).dump().size() > 1);  // throws if it is not UTF-8
      }
      (void)to_diagnostics(judgement);
    }
    if (auto type = parse_sql_type(text)) {
      if (type->charset.empty()) type->charset = "utf8mb4";
      PROPERTY(compare_types(*type, *type).verdict == SqlClass::additive);
    }
  } catch (const InputError& error) {
    PROPERTY(!error.diagnostics().empty());
  }
  return 0;
}
