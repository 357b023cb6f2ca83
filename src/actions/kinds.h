// The kinds of operations, each defined in the file named after it. src/actions/registry.cc lists them.
#pragma once

#include "src/actions/operation.h"

namespace interlock {

extern const OperationKind kHotdbOperation;
extern const OperationKind kMysqlDumpOperation;
extern const OperationKind kMysqlRestoreOperation;
extern const OperationKind kSqlScriptsOperation;

}  // namespace interlock
