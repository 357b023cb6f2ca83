// The published schemas are those of the loader's tables. What they accept and reject is compared with the loader by
// tests/schema_agrees.py.
#include <gtest/gtest.h>

#include <string>

#include "fsm/grammar.h"
#include "src/catalog/catalog.h"
#include "tests/support/scratch.h"

namespace interlock::tests {
namespace {

struct Published {
  const char* kind;
  const fsm::Shape& shape;
};
class Schema : public ::testing::TestWithParam<Published> {};

TEST_P(Schema, IsThatOfTheTables) {
  const std::string kind = GetParam().kind;
  const std::string file = std::string(INTERLOCK_SOURCE_DIR) + "/configs/schemas/" + kind + ".schema.json";
  Json schema = fsm::json_schema(GetParam().shape, "Interlock " + kind);
  if (kind == "site") fsm::describe_parameters(schema, Catalog::load(std::string(INTERLOCK_SOURCE_DIR) + "/configs").parameters());
  EXPECT_EQ(read_whole(file), schema.dump(2) + "\n")
      << "when the tables are meant: interlock schema " << kind << " > configs/schemas/" << kind << ".schema.json";
}

INSTANTIATE_TEST_SUITE_P(All, Schema,
                         ::testing::Values(Published{"component", fsm::grammar::kComponent}, Published{"procedure", fsm::grammar::kProcedure},
                                           Published{"site", fsm::grammar::kSite}),
                         [](const auto& row) { return std::string(row.param.kind); });

const Json& property(const Json& schema, const char* name) { return schema.at("properties").at(name); }

TEST(SchemaForms, ASitesParametersAreThoseOfTheCatalogWithTheirHelp) {
  Json schema = fsm::json_schema(fsm::grammar::kSite, "site");
  fsm::describe_parameters(schema, {{"vip", "the virtual address"}, {"port", ""}});
  const Json& params = property(schema, "params").at("properties");
  EXPECT_EQ(params.at("vip").at("description"), "the virtual address");
  EXPECT_EQ(params.at("port"), Json::object());
}

TEST(SchemaForms, EveryKeyOfAShapeIsThereAndNoOther) {
  const Json schema = fsm::json_schema(fsm::grammar::kPhase, "phase");
  EXPECT_EQ(schema.at("properties").size(), fsm::grammar::kPhase.keys.size());
  EXPECT_EQ(schema.at("additionalProperties"), false);
  EXPECT_EQ(schema.at("required"), Json::array({"next"}));
}

TEST(SchemaForms, WordsAreEnumeratedAndArgumentsLeftOpen) {
  const Json gate = fsm::json_schema(fsm::grammar::kGate, "gate");
  EXPECT_EQ(property(gate, "mode").at("enum"), Json::array({"enforce", "warn", "observe"}));
  const Json fact = fsm::json_schema(fsm::grammar::kFact, "fact");
  EXPECT_EQ(property(fact, "observe").at("maxProperties"), 1);
  EXPECT_FALSE(property(fact, "observe").contains("properties"));
}

}  // namespace
}  // namespace interlock::tests
