// Every kind of operation, each in the file named after it; src/actions/registry.cc has one row for each.
#pragma once

#include "src/actions/operation.h"

namespace interlock {

extern const OperationKind kRunOperation;
extern const OperationKind kUploadOperation;
extern const OperationKind kUnpackOperation;
extern const OperationKind kUnpackIntoOperation;
extern const OperationKind kRenameOperation;
extern const OperationKind kSetAwayOperation;
extern const OperationKind kRestoreconOperation;
extern const OperationKind kKeepalivedRoleOperation;
extern const OperationKind kKeepalivedPriorityOperation;
extern const OperationKind kServerXmlRoleOperation;
extern const OperationKind kHotdbSettingsOperation;
extern const OperationKind kHotdbOperation;
extern const OperationKind kMysqlDumpOperation;
extern const OperationKind kMysqlRestoreOperation;
extern const OperationKind kSqlScriptsOperation;

}  // namespace interlock
