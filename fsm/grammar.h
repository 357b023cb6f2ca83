// The language of Interlock's files, as tables. Reading this file from top to bottom is reading the grammar:
// a component says what can be observed of a thing and done to it, a procedure orders that, a site binds it.
#pragma once

#include "fsm/shape.h"

namespace interlock::fsm::grammar {

// --- component -----------------------------------------------------------------------------------------------
inline constexpr Key kParameterKeys[] = {
    {"default", Form::any, false, "the value when the site gives none; without it the site must give one"},
    {"values", Form::names, false, "the values that it may have; without them, any"},
    {"secret", Form::flag, false, "the value names a secret of the site; it is never shown"},
    {"help", Form::localized, false, "what it is and where it can be found"},
};
inline constexpr Shape kParameter{"parameter", kParameterKeys};

inline constexpr Key kFactKeys[] = {
    {"title", Form::localized, false, "what it is called in reports"},
    {"values", Form::choices, true, "its values; as a map: the condition on what the probe saw (`it`), the first that holds"},
    {"observe", Form::probe, true, "{PROBE: ARGUMENTS}: how it is observed"},
    {"within", Form::duration, false, "how long one observation may take (default 5s)"},
    {"every", Form::duration, false, "how often it is observed while rules are watched (default 250ms)"},
};
inline constexpr Shape kFact{"fact", kFactKeys};

inline constexpr Key kActionKeys[] = {
    {"title", Form::localized, false, "what it does, as a manual would say it"},
    {"do", Form::operations, false, "the operations, in order; the first that fails ends the action"},
    {"manual", Form::localized, false, "instructions for a person, instead of `do`"},
    {"look", Form::localized, false, "where to look when it fails: a log, such as \"${home}/logs/hotdb.log\""},
    {"effect", Form::value_cases, true, "the facts it leads to; by these it is judged, passed over, and proven"},
    {"may_change", Form::value_cases, false, "facts that it may change besides (for the proof)"},
    {"needs", Form::predicate, false, "what must hold for it to make sense"},
    {"within", Form::duration, true, "until its effect must be observed"},
    {"repeatable", Form::predicate, true, "true, false, or the condition under which it may be done again"},
    {"attempts", Form::number, false, "how often it is tried when it fails and is repeatable (default 1)"},
};
inline constexpr Shape kAction{"action", kActionKeys};

inline constexpr Key kComponentKeys[] = {
    {"component", Form::name, true, "its name"},
    {"title", Form::localized, false, "what kind of thing it is"},
    {"params", Form::map, false, "its parameters", &kParameter},
    {"facts", Form::map, false, "what can be observed", &kFact},
    {"actions", Form::map, false, "what can be done", &kAction},
    {"crash", Form::value_cases, false, "the facts that its crash leads to (for the proof)"},
    {"assume", Form::predicate, false, "what always goes together among its facts (for the proof)"},
};
inline constexpr Shape kComponent{"component", kComponentKeys};

// --- procedure -----------------------------------------------------------------------------------------------
inline constexpr Key kRoleKeys[] = {
    {"title", Form::localized, false, "what it is called in reports"},
    {"components", Form::names, true, "what it consists of; their facts and actions become the role's"},
    {"many", Form::flag, false, "any number of hosts may play it, at least one"},
    {"may_be_empty", Form::flag, false, "for a role that many play: nobody need play it"},
    {"params", Form::name_map, false, "values for its components' parameters, such as \"${backup.address}\""},
};
inline constexpr Shape kRole{"role", kRoleKeys};

inline constexpr Key kExceptKeys[] = {
    {"in", Form::names, true, "the phases in which the rule is suspended"},
    {"for_at_most", Form::duration, true, "the longest time it may not hold there"},
};
inline constexpr Shape kExcept{"exception", kExceptKeys};
inline constexpr Key kRuleKeys[] = {
    {"name", Form::text, true, "the rule in words"},
    {"title", Form::localized, false, "the rule in the reader's language"},
    {"always", Form::predicate, true, "what must hold at all times"},
    {"except", Form::object, false, "where it need not hold, and for how long", &kExcept},
    {"grace", Form::duration, false, "how long it may be seen broken before the way back is taken (default 2s)"},
};
inline constexpr Shape kRule{"rule", kRuleKeys};

inline constexpr Key kReactionKeys[] = {
    {"name", Form::text, true, "what the site does by itself"},
    {"each", Form::name_lists, false, "{x: [roles], y: [roles]}: one reaction for each different choice"},
    {"when", Form::predicate, true, "what brings it about"},
    {"then", Form::value_cases, true, "the facts it leads to"},
    {"may_fail", Form::flag, false, "it may not come (for the proof)"},
    {"at_will", Form::flag, false, "it may come at any time or never, and nothing waits for it (for the proof)"},
};
inline constexpr Shape kReaction{"reaction", kReactionKeys};

inline constexpr std::string_view kModeWords[] = {"enforce", "warn", "observe"};
inline constexpr Vocabulary kModes{"mode", kModeWords};
inline constexpr Key kGateKeys[] = {
    {"holds", Form::predicate, true, "what must hold"},
    {"title", Form::localized, false, "the gate in words"},
    {"remedy", Form::localized, false, "what to do when it does not hold"},
    {"mode", Form::word, false, "enforce (default), warn or observe", nullptr, &kModes},
    {"when", Form::predicate, false, "a condition on parameters: without it the gate is not there"},
    {"kept", Form::localized, false, "why it is kept although the proof finds nothing that goes wrong without it"},
};
inline constexpr Shape kGate{"gate", kGateKeys};

inline constexpr Key kStepKeys[] = {
    {"do", Form::text, false, "role.action"},
    {"if", Form::predicate, false, "a condition on facts: without it the step is passed over"},
    {"when", Form::predicate, false, "a condition on parameters: without it the step is not there"},
    {"may_change", Form::value_cases, false, "facts of other roles that it may change besides its effect (for the proof)"},
    {"each", Form::name, false, "a variable, for a role that many hosts play"},
    {"of", Form::name, false, "that role"},
    {"steps", Form::names, false, "the steps for each, as variable.action"},
};
inline constexpr Shape kStep{"step", kStepKeys};

inline constexpr Key kPhaseKeys[] = {
    {"title", Form::localized, false, "the chapter's heading"},
    {"when", Form::predicate, false, "a condition on parameters: without it the phase is passed over"},
    {"gates", Form::names, false, "the gates that must be open before it begins"},
    {"steps", Form::steps, false, "what is done, in order", &kStep},
    {"until", Form::predicate, false, "what must be observed before it is left"},
    {"within", Form::duration, false, "how long `until` is waited for (default 30s)"},
    {"next", Form::target, true, "where it leads"},
    {"back", Form::target, false, "the way back: when a step fails or is not allowed, or a rule is broken"},
    {"refused", Form::target, false, "where a closed gate leads (default: back)"},
    {"overrun", Form::target, false, "where waiting in vain leads (default: back)"},
};
inline constexpr Shape kPhase{"phase", kPhaseKeys};

inline constexpr std::string_view kEndWords[] = {"success", "unchanged", "rolled-back", "attention"};
inline constexpr Vocabulary kEndKinds{"kind of end", kEndWords};
inline constexpr Key kEndKeys[] = {
    {"is", Form::word, true, "success, unchanged, rolled-back or attention", nullptr, &kEndKinds},
    {"title", Form::localized, false, "what it means"},
    {"holds", Form::predicate, false, "what is true there; observed before it is entered"},
    {"least_faults", Form::number, false, "how many faults it takes at least to end here (for the proof; default 0)"},
    {"look", Form::localized, false, "what to look at"},
    {"type", Form::localized, false, "what to type to go on"},
};
inline constexpr Shape kEnd{"end", kEndKeys};

inline constexpr Key kClientsKeys[] = {
    {"title", Form::localized, false, "what the clients do"},
    {"ask", Form::probe, true, "{PROBE: ARGUMENTS}: what a client does, again and again, over new connections"},
    {"every", Form::duration, false, "how often (default 10ms)"},
    {"rule", Form::text, true, "the rule that a gap breaks"},
};
inline constexpr Shape kClients{"client probe", kClientsKeys};

inline constexpr Key kFaultKeys[] = {
    {"all", Form::number, false, "of all kinds together (default 2)"},
    {"action", Form::number, false, "an action fails"},
    {"blind", Form::number, false, "what decides cannot be observed"},
    {"crash", Form::number, false, "a component or a host crashes"},
    {"gone", Form::number, false, "a host is gone for good, one at a time (default 0)"},
    {"late", Form::number, false, "a reaction comes too late"},
    {"lost", Form::number, false, "a reaction that may fail does not come"},
    {"died", Form::number, false, "the operator's process dies"},
    {"asked", Form::number, false, "the operator asks for the way back; not counted among all (default 1)"},
};
inline constexpr Shape kFaults{"budget of faults", kFaultKeys};

inline constexpr Key kProcedureKeys[] = {
    {"procedure", Form::name, true, "its name"},
    {"title", Form::localized, true, "its heading"},
    {"about", Form::localized, false, "when to use it, and what it rests on"},
    {"params", Form::map, false, "its parameters", &kParameter},
    {"roles", Form::map, true, "who takes part", &kRole},
    {"assume", Form::predicate, false, "what is taken for granted of a site at the start (for the proof)"},
    {"rules", Form::list, false, "what must hold all along", &kRule},
    {"clients", Form::object, false, "real clients, measured all along", &kClients},
    {"reactions", Form::list, false, "what the site does by itself", &kReaction},
    {"gates", Form::gates, false, "what phases demand before they begin", &kGate},
    {"phases", Form::map, true, "the chapters, in order; the first is where it starts", &kPhase},
    {"ends", Form::map, true, "how it can end", &kEnd},
    {"faults", Form::object, false, "how many faults the proof supposes at most, in all and of each kind; 0 to 7", &kFaults},
};
inline constexpr Shape kProcedure{"procedure", kProcedureKeys};

// --- site ----------------------------------------------------------------------------------------------------
inline constexpr Key kSshKeys[] = {
    {"user", Form::text, false, "the login name (default: as ~/.ssh/config says, else root)"},
    {"port", Form::number, false, "the port of sshd (default 22)"},
    {"key", Form::text, false, "the private key's file"},
    {"password", Form::text, false, "the secret that is the password"},
    {"known_hosts", Form::text, false, "the file with the host keys (default ~/.ssh/known_hosts)"},
    {"config", Form::text, false, "the ssh configuration (default ~/.ssh/config)"},
};
inline constexpr Shape kSsh{"ssh access", kSshKeys};
inline constexpr std::string_view kViaWords[] = {"ssh", "local"}, kPortsWords[] = {"direct", "ssh"};
inline constexpr Vocabulary kVia{"way", kViaWords}, kPorts{"way", kPortsWords};
inline constexpr Key kHostKeys[] = {
    {"address", Form::text, true, "the address or name at which it is reached"},
    {"via", Form::word, false, "ssh (default) or local: where commands run", nullptr, &kVia},
    {"ports", Form::word, false, "direct (default), or ssh: its ports are reached through the same SSH connection", nullptr, &kPorts},
    {"ssh", Form::object, false, "how to log in", &kSsh},
};
inline constexpr Shape kHost{"host", kHostKeys};
inline constexpr Key kPlayerKeys[] = {
    {"host", Form::name, true, "the host that plays the role"},
    {"params", Form::name_map, false, "values for its parameters"},
};
inline constexpr Shape kPlayer{"role", kPlayerKeys};
inline constexpr Key kSecretKeys[] = {
    {"env", Form::text, false, "the environment variable that holds it"},
    {"file", Form::text, false, "the file that holds it, mode 0600; relative to the site file"},
    {"command", Form::names, false, "the command that prints it"},
};
inline constexpr Shape kSecret{"secret", kSecretKeys};
inline constexpr Key kSiteKeys[] = {
    {"site", Form::name, true, "its name: one run at a time holds its lock"},
    {"title", Form::localized, false, "what it is"},
    {"hosts", Form::map, true, "the hosts", &kHost},
    {"roles", Form::players, true, "{role: {host, params}}, or a list of those for a role that many play", &kPlayer},
    {"params", Form::name_map, false, "values for parameters of the procedure and of every component"},
    {"secrets", Form::map, false, "where the secrets are", &kSecret},
    {"ssh", Form::object, false, "how to log in where a host says nothing", &kSsh},
};
inline constexpr Shape kSite{"site", kSiteKeys};

}  // namespace interlock::fsm::grammar
