#include "src/lint/lint_database.h"

#include <chrono>

#include "fsm/diagnostic.h"
#include "probes/live_schema.h"
#include "probes/mysql_login.h"
#include "src/run/host_set.h"
#include "src/secrets/secret_store.h"

namespace interlock {
namespace {

constexpr const char* kComponent = "mysql";

Json parameter(const fsm::SiteSource& site, const fsm::PlayerSource& player, const fsm::Library& components, const std::string& name) {
  for (const auto* params : {&player.params, &site.params})
    if (const fsm::Given* given = fsm::find(*params, name)) return given->value;
  const auto component = components.find(kComponent);
  const fsm::ParameterSource* declared = component == components.end() ? nullptr : fsm::find(component->second.params, name);
  if (declared != nullptr && declared->fallback) return *declared->fallback;
  reject(site.file, "the site gives no '" + name + "' for its config database", "params: {" + name + ": …}, for the role or for the site");
}

}  // namespace

Result<SqlSchema> live_schema(Catalog& catalog, const std::string& site_name, const std::string& role) {
  const fsm::SiteSource site = catalog.site(site_name);
  const auto* players = fsm::find(site.roles, role);
  if (players == nullptr || players->size() != 1) reject(site.file, "the site has no role '" + role + "' that one host plays", "a role of this site");
  const fsm::PlayerSource& player = players->front();
  SecretStore secrets(site);
  HostSet hosts(site, secrets);
  Host* host = hosts.find(player.host);
  if (host == nullptr) reject(site.file, "role '" + role + "' names the host '" + player.host + "', which the site does not have", "a host of this site");

  Json args = Json::object();
  for (const char* name : {"port", "user", "database"}) args[name] = parameter(site, player, catalog.components(), name);
  args["password"] = {{"secret", parameter(site, player, catalog.components(), "password")}};
  const ArgumentReader reader(args);
  if (reader.port() == 0) reject(site.file, "the port of the config database is not a port", "1 to 65535");
  const auto login = mysql_login(reader, secrets);
  if (!login) return tl::unexpected(login.error());
  const Deadline deadline = std::chrono::steady_clock::now() + kLiveSchemaWithin;
  const auto endpoint = host->connect(reader.port(), deadline);
  if (!endpoint) return tl::unexpected(endpoint.error());
  auto connection = MysqlConnection::open(*endpoint, *login, deadline);
  if (!connection) return tl::unexpected(connection.error());
  return read_live_schema(*connection, deadline);
}

}  // namespace interlock
