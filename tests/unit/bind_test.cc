// Binding: what a procedure, its components and a site become together.
#include "fsm/bind.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/decide.h"
#include "fsm/diagnostic.h"
#include "tests/support/tiny.h"

namespace interlock::fsm {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tests::bind_folder;
using tests::bind_texts;
using tests::kPair;

const std::string kNode = R"(component: node
params:
  port: {default: 80}
  home: {default: "/srv/${name}"}
  name: {default: "n-${host}"}
  user: {default: root}
  password: {secret: true}
facts:
  service: {values: {open: "it.port == ${port}", closed: "true"}, observe: {tcp: {port: "${port}", login: "${user}", password: "${password}", at: "${address}"}}}
  tree:    {values: [old, new], observe: {tree: {path: "${home}"}}}
actions:
  stop:    {do: [{run: [sh, "${home}/stop"]}], effect: {service: closed}, within: 5s, repeatable: "true"}
  start:   {do: [{run: [start]}], effect: {service: {open: "tree == 'new'", closed: "tree == 'old'"}}, within: 5s, repeatable: "tree == 'new'"}
crash: {service: closed}
)";

const std::string kSite = R"(site: shop
hosts: {h1: {address: 192.0.2.1}, h2: {address: 192.0.2.2}, h3: {address: 192.0.2.3}}
roles:
  nodes: [{host: h1}, {host: h2, params: {port: 81}}, {host: h3}]
params: {password: pw}
secrets: {pw: {env: PW}}
)";

// A procedure over a role that many hosts play, with the given parts.
std::string procedure(const std::string& phases, const std::string& more = "") {
  return "procedure: roll\ntitle: Roll\nroles: {nodes: {components: [node], many: true}}\n" + more + "phases:\n" + phases +
         "ends: {done: {is: success}, back: {is: rolled-back}, attention: {is: attention}}\n";
}

const std::string kSteps = "  roll: {steps: [{each: n, of: nodes, steps: [n.stop, n.start]}], back: back, next: done}\n";

std::vector<std::string> step_names(const Machine& m, const Phase& phase) {
  std::vector<std::string> names;
  for (const auto& s : phase.steps) names.push_back(m.action(s.action).name);
  return names;
}

std::string complaint(const std::string& procedure_text, const std::map<std::string, std::string>& overrides = {}) {
  try {
    (void)bind_texts({kNode, procedure_text, kSite}, overrides);
    return "bound";
  } catch (const InputError& e) {
    return e.what();
  }
}

TEST(Bind, UnrollsLoopsOverARole) {
  const Machine m = bind_texts({kNode, procedure(kSteps), kSite});
  EXPECT_THAT(step_names(m, m.phase(0)), ElementsAre("nodes@h1.stop", "nodes@h1.start", "nodes@h2.stop", "nodes@h2.start", "nodes@h3.stop", "nodes@h3.start"));
  EXPECT_EQ(m.action(m.phase(0).steps[2].action).host, "h2");
}

TEST(Bind, TellsAllThatTheSiteLacksAtOnce) {
  std::string node = kNode;
  node.replace(node.find("user: {default: root}"), 21, "user: {secret: true}");
  std::string site = kSite;
  site.replace(site.find("password: pw"), 12, "other: pw");
  try {
    (void)bind_texts({node, procedure(kSteps), site});
    FAIL() << "bound";
  } catch (const InputError& e) {
    EXPECT_THAT(e.what(), AllOf(HasSubstr("no value for parameter 'password'"), HasSubstr("no value for parameter 'user'")));
    EXPECT_EQ(e.diagnostics().size(), 2U) << e.what();
  }
}

TEST(Bind, TellsAllRolesThatNobodyPlays) {
  std::string text = procedure(kSteps);
  text.replace(text.find("many: true}"), 11, "many: true}, extra: {components: [node]}");
  const std::string nobody = "site: shop\nhosts: {h1: {address: 192.0.2.1}}\nroles: {others: {host: h1}}\n";
  try {
    (void)bind_texts({kNode, text, nobody});
    FAIL() << "bound";
  } catch (const InputError& e) {
    EXPECT_THAT(e.what(), AllOf(HasSubstr("nobody for role 'nodes'"), HasSubstr("nobody for role 'extra'")));
  }
}

// What is said of all of nobody is true, and a loop over nobody does nothing: the run would end well, having done nothing.
TEST(Bind, RefusesARoleThatNobodyPlaysUnlessItMayBeEmpty) {
  const std::string nobody = "site: shop\nhosts: {h1: {address: 192.0.2.1}}\nroles: {nodes: []}\nparams: {password: pw}\nsecrets: {pw: {env: PW}}\n";
  std::string text = procedure(kSteps, "rules: [{name: all serve, always: \"nodes.all(n, n.service == 'open')\"}]\n");
  try {
    (void)bind_texts({kNode, text, nobody});
    FAIL() << "bound";
  } catch (const InputError& e) {
    EXPECT_THAT(e.what(), HasSubstr("site 'shop' has nobody for role 'nodes' of procedure 'roll'; expected at least one {host: …}"));
  }
  text.replace(text.find("many: true"), 10, "many: true, may_be_empty: true");
  EXPECT_TRUE(bind_texts({kNode, text, nobody}).actions.empty());
}

// A component's parameter, and one that stands for another.
TEST(Bind, ChecksTheValuesThatAParameterMayHave) {
  std::string node = kNode;
  node.replace(node.find("user: {default: root}"), 21, "user: {default: \"${who}\", values: [root, hotdb]}\n  who: {default: root}");
  const auto said = [&](const std::string& params) {
    std::string site = kSite;
    site.replace(site.find("params: {password: pw"), 21, "params: {password: pw" + params);
    try {
      (void)bind_texts({node, procedure(kSteps), site});
      return std::string("bound");
    } catch (const InputError& e) {
      return std::string(e.what());
    }
  };
  EXPECT_EQ(said(""), "bound");
  EXPECT_EQ(said(", who: hotdb"), "bound");
  EXPECT_THAT(said(", user: nobody"), HasSubstr("parameter 'user' cannot be 'nobody'; expected root, hotdb"));
  EXPECT_THAT(said(", who: nobody"), HasSubstr("parameter 'user' cannot be 'nobody'"));
}

TEST(Bind, FillsParametersFromTheNearestGiver) {
  const Machine m = bind_texts({kNode, procedure(kSteps), kSite});
  const Action& stop = m.action(m.phase(0).steps[2].action);
  EXPECT_EQ(stop.operations[0].args, Json::array({"sh", "/srv/n-h2/stop"})) << "a default that stands for a default that stands for the host";
  const Fact& service = m.fact(stop.effects[0].fact);
  EXPECT_EQ(service.args, Json({{"port", 81}, {"login", "root"}, {"password", {{"secret", "pw"}}}, {"at", "192.0.2.2"}})) << "the role's own value; a number stays one; a secret stays a reference";
  EXPECT_EQ(service.conditions[0]->parts[1].value, Json(81));
}

TEST(Bind, KnowsOnlyTheFactsThatSomebodySpeaksOf) {
  const Machine m = bind_texts({kNode, procedure("  roll: {steps: [{each: n, of: nodes, steps: [n.stop]}], back: back, next: done}\n"), kSite});
  std::vector<std::string> names;
  for (const auto& f : m.facts) names.push_back(f.name);
  EXPECT_THAT(names, ElementsAre("nodes@h1.service", "nodes@h2.service", "nodes@h3.service"));
}

TEST(Bind, TwoRolesAreTwoThings) {
  const std::string both = "procedure: two\ntitle: Two\nroles: {x: {components: [node]}, y: {components: [node]}}\n"
                           "phases:\n  one: {steps: [x.stop, y.stop], back: back, next: done}\n"
                           "ends: {done: {is: success}, back: {is: rolled-back}, attention: {is: attention}}\n";
  const auto site = [](const std::string& y) {
    return "site: s\nhosts: {h1: {address: 192.0.2.1}, h2: {address: 192.0.2.2}}\nroles: {x: {host: h1}, y: " + y + "}\nparams: {password: pw}\nsecrets: {pw: {env: PW}}\n";
  };
  EXPECT_NO_THROW((void)bind_texts({kNode, both, site("{host: h2}")}));
  EXPECT_NO_THROW((void)bind_texts({kNode, both, site("{host: h1, params: {port: 81}}")})) << "another port is another thing";
  try {
    (void)bind_texts({kNode, both, site("{host: h1}")});
    FAIL() << "one observation would be taken for two";
  } catch (const InputError& e) {
    EXPECT_THAT(e.what(), HasSubstr("'x.service' and 'y.service' are one and the same observation on host 'h1'"));
  }
}

TEST(Bind, WritesOutQuantifiers) {
  const auto rule = [](const std::string& text) {
    return bind_texts({kNode, procedure(kSteps, "rules: [{name: r, always: \"" + text + "\"}]\n"), kSite}).rules[0].always;
  };
  const auto eval = [&](const std::string& text, World world) {
    const Predicate p = rule(text);
    world.resize(8, kUnknown);
    return p.eval(world);
  };
  const Value open = 0, closed = 1;
  EXPECT_EQ(eval("nodes.exists(n, n.service == 'open')", {closed, open, closed}), Truth::yes);
  EXPECT_EQ(eval("nodes.all(n, n.service == 'open')", {closed, open, open}), Truth::no);
  EXPECT_EQ(eval("nodes.exists_one(n, n.service == 'open')", {closed, open, open}), Truth::no);
  EXPECT_EQ(eval("nodes.all(x, nodes.all(y, x.service == y.service))", {closed, closed, closed}), Truth::yes);
  EXPECT_EQ(rule("size(nodes) == 3").settled(), Truth::yes);
  EXPECT_EQ(rule("size(nodes) > 3").settled(), Truth::no);
}

TEST(Bind, MakesEveryRuleAGateOfTheStart) {
  const Machine m = bind_folder(kPair);
  std::vector<std::string> ids;
  for (const auto& g : m.phase(0).gates) ids.push_back(g.id);
  EXPECT_THAT(ids, ElementsAre("a-serves", "b-stands-by", "both-old", "rule: clients are served", "rule: never two at once"));
}

TEST(Bind, TellsTheWayBackFromTheWayForward) {
  const Machine m = bind_folder(kPair);
  for (const auto& phase : m.phases) EXPECT_EQ(phase.retreat, phase.name == "switch-back" || phase.name == "undo-b") << phase.name;
}

TEST(Bind, APhaseOfGatesOnlyIsNeverTurnedRoundIntoGoingOn) {
  const Machine m = bind_folder(kPair);
  EXPECT_EQ(m.name_of(m.phase(0).back), "unchanged");
  EXPECT_EQ(m.name_of(m.phase(0).next), "upgrade-b");
}

TEST(Bind, LeavesOutPhasesAndStepsByParameters) {
  const std::string text = procedure(
      "  first: {when: \"true\", next: middle}\n"
      "  middle: {when: deep, steps: [{each: n, of: nodes, steps: [n.stop]}], back: back, next: last}\n"
      "  last: {steps: [{each: n, of: nodes, steps: [n.start], when: \"mode != 'slow'\"}], back: {by: mode, is: {slow: back, fast: attention}}, next: done}\n",
      "params: {deep: {default: false}, mode: {default: slow}}\n");
  const Machine slow = bind_texts({kNode, text, kSite});
  ASSERT_EQ(slow.phases.size(), 2U);
  EXPECT_EQ(slow.name_of(slow.phase(0).next), "last") << "what leads to a phase that is left out leads past it";
  EXPECT_TRUE(slow.phase(1).steps.empty());
  EXPECT_EQ(slow.name_of(slow.phase(1).back), "back");
  const Machine fast = bind_texts({kNode, text, kSite}, {{"deep", "true"}, {"mode", "fast"}});
  ASSERT_EQ(fast.phases.size(), 3U);
  EXPECT_EQ(fast.phase(2).steps.size(), 3U);
  EXPECT_EQ(fast.name_of(fast.phase(2).back), "attention");
  EXPECT_THAT(complaint(text, {{"mode", "medium"}}), HasSubstr("parameter 'mode' is 'medium', for which no place to go is given"));
}

TEST(Bind, GivesParametersFromTheCommandLineTheirType) {
  const std::string text = procedure("  one: {when: \"workers > 2\", next: two}\n  two: {next: done, refused: back}\n", "params: {workers: {default: 3}, release: {default: \"08\"}, look: {default: false}}\n");
  EXPECT_EQ(bind_texts({kNode, text, kSite}, {{"workers", "12"}}).phases.size(), 2U);
  const Machine m = bind_texts({kNode, text, kSite}, {{"release", "09"}});
  EXPECT_EQ(*find(m.params, "release"), Json("09")) << "a text stays one";
  EXPECT_THAT(complaint(text, {{"look", "yes"}}), HasSubstr("--set look: error: 'yes' is neither true nor false; expected true or false"));
  EXPECT_THAT(complaint(text, {{"workers", "many"}}), HasSubstr("parameter 'workers' is given as 'many'; expected a whole number, such as 3"));
  EXPECT_THAT(complaint(text, {{"worker", "3"}}), HasSubstr("has no parameter 'worker'; expected workers, release, look; fix: write 'workers'"));
}

TEST(Bind, MakesOneReactionForEachDifferentChoice) {
  const Machine m = bind_texts({kNode,
                                procedure(kSteps,
                                          "reactions:\n  - name: \"{x} takes over from {y}\"\n    each: {x: [nodes], y: [nodes]}\n"
                                          "    when: \"x.service == 'open' && y.service == 'closed'\"\n    then: {x.tree: new}\n"),
                                kSite});
  ASSERT_EQ(m.reactions.size(), 6U) << "x and y are different";
  EXPECT_EQ(m.reactions[0].name, "nodes@h1 takes over from nodes@h2");
}

TEST(Bind, AttentionNeedsNoEdge) {
  const std::string text = procedure("  one: {next: done}\n");
  EXPECT_THAT(complaint(text), HasSubstr("nothing leads to end 'back'"));
  EXPECT_THAT(complaint(procedure("  one: {steps: [{each: n, of: nodes, steps: [n.stop]}], back: back, next: done}\n")), "bound");
}

// --- what a digest covers ------------------------------------------------------------------------------------------

TEST(Digest, IsTheSameForTheSameMachine) {
  EXPECT_EQ(digest(bind_folder(kPair)), digest(bind_folder(kPair)));
  EXPECT_EQ(digest(bind_folder(kPair)).size(), 64U);
}

TEST(Digest, ChangesWithWhateverDecides) {
  const Machine original = bind_folder(kPair);
  std::vector<std::pair<const char*, Machine>> others;
  const auto change = [&](const char* what, const std::function<void(Machine&)>& how) {
    Machine m = original;
    how(m);
    others.emplace_back(what, std::move(m));
  };
  change("site", [](Machine& m) { m.site = "other"; });
  change("parameter", [](Machine& m) { m.params[0].second = "other"; });
  change("address", [](Machine& m) { m.facts[0].args["port"] = 99; });
  change("value", [](Machine& m) { std::swap(m.facts[0].values[0], m.facts[0].values[1]); });
  change("condition", [](Machine& m) { m.facts[0].conditions[0] = parse_expression("it.x == 1", {}); });
  change("command", [](Machine& m) { m.actions[0].operations[0].args = Json::array({"other"}); });
  change("repeatable", [](Machine& m) { m.actions[0].repeatable = Predicate::constant(false); });
  change("limit", [](Machine& m) { m.actions[0].within += Millis(1); });
  change("effect", [](Machine& m) { m.actions[0].effects.pop_back(); });
  change("gate", [](Machine& m) { m.phases[0].gates[0].holds = Predicate::constant(true); });
  change("gate's mode", [](Machine& m) { m.phases[0].gates[0].mode = GateMode::observe; });
  change("order", [](Machine& m) { std::swap(m.phases[1].steps[0], m.phases[1].steps[1]); });
  change("way back", [](Machine& m) { m.phases[1].back = m.phases[1].next; });
  change("rule", [](Machine& m) { m.rules[0].grace += Millis(1); });
  change("suspended", [](Machine& m) { m.rules[0].suspended_in[0] = true; });
  change("end", [](Machine& m) { m.ends[0].kind = EndKind::attention; });
  change("clients", [](Machine& m) { m.clients->every += Millis(1); });
  for (const auto& [what, machine] : others) EXPECT_NE(digest(machine), digest(original)) << what;
}

TEST(Digest, DoesNotChangeWithWords) {
  Machine m = bind_folder(kPair);
  const std::string before = digest(m);
  m.title = {"another title", "别的标题"};
  m.actions[0].title = {"x", "y"};
  EXPECT_EQ(digest(m), before);
}

// --- small files that mean a lot -----------------------------------------------------------------------------------

TEST(BindBounds, HoldForHostileFiles) {
  const auto many = [](const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  std::string chain;
  for (int i = 0; i < 1200; ++i) chain += "  p" + std::to_string(i) + ": {next: " + (i < 1199 ? "p" + std::to_string(i + 1) : std::string("done")) + "}\n";
  EXPECT_THAT(complaint(procedure(chain)), HasSubstr("more than 1000 phases"));

  std::string rules = "rules:\n";
  for (int i = 0; i < 65; ++i) rules += "  - {name: r" + std::to_string(i) + ", always: \"true\"}\n";
  EXPECT_THAT(complaint(procedure(kSteps, rules)), HasSubstr("more than 64 rules"));

  // Parameters that stand for each other, with nothing at the end: eight levels of a thousand.
  std::string params = "params:\n";
  for (int i = 0; i < 7; ++i) params += "  q" + std::to_string(i) + ": {default: \"" + many("${q" + std::to_string(i + 1) + "}", 1000) + "\"}\n";
  EXPECT_THAT(complaint(procedure("  one: {next: done, refused: back}\n", params + "  q7: {default: \"\"}\n")), HasSubstr("parameters that stand for more than"));
  EXPECT_THAT(complaint(procedure("  one: {next: done, refused: back}\n", params + "  q7: {default: \"" + std::string(1000, 'x') + "\"}\n")), ::testing::AnyOf(HasSubstr("256 KiB"), HasSubstr("stand for more than")));
  EXPECT_THAT(complaint(procedure("  one: {next: done, refused: back}\n", "params: {a: {default: \"${b}\"}, b: {default: \"${a}\"}}\n")), HasSubstr("refer to each other in a circle"));

  // Quantifiers inside quantifiers: three hosts, twenty levels.
  std::string deep = "true";
  for (int i = 0; i < 20; ++i) deep = "nodes.all(x" + std::to_string(i) + ", " + deep + ")";
  EXPECT_THAT(complaint(procedure(kSteps, "rules: [{name: r, always: \"" + deep + "\"}]\n")), HasSubstr("write out more than"));
  std::string wide = "x0.service == 'open'";
  for (int i = 0; i < 15; ++i) wide = "nodes.exists(x" + std::to_string(i) + ", " + wide + ")";
  EXPECT_THAT(complaint(procedure(kSteps, "rules: [{name: r, always: \"" + wide + "\"}]\n")), HasSubstr("once its roles are written out"));
}

}  // namespace
}  // namespace interlock::fsm
