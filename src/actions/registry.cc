// Every operation there is: one row each. Adding one is a file, a declaration in kinds.h and a row here.
#include <array>

#include "src/actions/account.h"
#include "src/actions/kinds.h"

namespace interlock {

std::span<const OperationKind> operation_kinds() {
  static const std::array kKinds{
      kRunOperation,
      kUploadOperation,
      kUnpackOperation,
      kUnpackIntoOperation,
      kRenameOperation,
      kSetAwayOperation,
      kRestoreconOperation,
      kKeepalivedRoleOperation,
      kKeepalivedPriorityOperation,
      kServerXmlRoleOperation,
      kHotdbSettingsOperation,
      kHotdbOperation,
      kMysqlDumpOperation,
      kMysqlRestoreOperation,
      kSqlScriptsOperation,
  };
  return kKinds;
}

const OperationKind* find_operation(std::string_view name) {
  for (const auto& kind : operation_kinds()) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

std::vector<std::string> describe_operation(const fsm::Operation& operation) {
  const OperationKind* kind = find_operation(operation.kind);
  return kind != nullptr ? kind->describe(operation.args) : std::vector<std::string>{operation.kind};
}

std::string operation_problems(const OperationKind& kind, const Json& args) {
  return argument_problems(kind.arguments, args);
}

}  // namespace interlock
