#include "probes/mysql_login.h"

namespace interlock {

Result<MysqlLogin> mysql_login(const ArgumentReader& args, Secrets& secrets) {
  MysqlLogin login;
  login.user = args.text("user").value_or("");
  login.database = args.text("database").value_or("");
  login.tls = {args.flag("tls"), args.flag("tls_verify"), args.text("tls_ca").value_or("")};
  if (const auto reference = args.secret("password")) {
    auto password = secrets.resolve(*reference);
    if (!password) return tl::unexpected(password.error());
    login.password = std::move(*password);
    login.secret = *reference;
  }
  return login;
}

}  // namespace interlock
