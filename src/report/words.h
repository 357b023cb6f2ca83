// Every fixed word that people read, in English and Chinese: one table (words.cc), so that a term is the same in
// every report. Pure. Titles and remedies of a machine are not here: they come with the machine (fsm::Words).
#pragma once

#include <string>

#include <fmt/format.h>

#include "fsm/source.h"

namespace interlock {

enum class Language { en, zh };

namespace report {

enum class Word {
  open, closed, unknown, warning_only, tried_out, observed, required, how, remedy, saw, in_time, at_clock, check_of,
  nagios_open, nagios_none, nagios_closed, nagios_unknown, nagios_warning, and_more, plan_of, roles, ways_on,
  ways_back, ends, rules_watched, always_so, suspended_in, handover, chosen, handover_range, handover_unmeasured,
  wait_for, limit, then_to, on_failure_to, when_refused_to, on_overrun_to, no_way_back, no_return_note, step_if,
  by_person, needs, gate_count, one_gate, attempts, clients_probe, holds_when, look_at, to_type, digest, action_on, result,
  started, took, by, site, run, operator_, versions, clients, rules, summary, what_was_done, why, time_line, evidence,
  commands, running_or_cut, running_now, cut_off, stopped_on_request, not_begun, end_success, end_unchanged, end_rolled_back, end_attention,
  longest_gap, predicted, no_gap_noticed, attempts_failed, clients_not_measured, asleep, done_before, clients_no_probe, rules_kept,
  rule_kept, rule_as_planned, rule_briefly, rule_broken_long, rule_still, seen_by_clients, seen_by_facts, not_watched,
  rule_line, rule_line_suspended, gates_open_n, already_so, not_needed, confirmed_despite, failed, outcome_unknown,
  under_way, interlocked, not_ready, waited_until, waiting_until, holds_now, overrun, attempt_n, gap_of, resumed,
  resumed_pending, stop_requested, stopped_note, turn_refused, turn_failed, turn_interlocked, turn_not_ready,
  turn_unknown, turn_unknown_action, turn_overrun, turn_rule, turn_rollback, turn_not_repeatable, turn_not_so,
  turn_other, turn_left, so_back, so_end, so_phase, fact_is, explain_success, explain_running, availability,
  served, not_served, not_measured, machine_picture, path_taken, path_possible, gates_evidence, attested,
  machine_digest, journal_hash, records, journal_damaged, journal_intact, journal_unverified, made_by, fact, value,
  asked, at_time, latency, exit_code, control_host, outage_card, predicted_card, no_forecast, rules_card,
  duration_card, gates_card, actions_card, nothing_done, rule, how_it_fared, waits_observation, waits_action,
  waits_effect, waits_person, waits_condition, waited_of, meter_served, meter_gap, meter_totals, broken_now,
  person_must_act, gate_closed_line, gate_unknown_line, began_line, doing_line, rule_holds_line, comma, sentence_gap,
  see_why, predicted_row, saw_head, failed_n, path_back, step_of, suspended_line, stop_requested_line, awaited,
  action_full,
  rb_digest, rb_roles, rb_role_line, rb_rules, rb_before, rb_demand, rb_look, rb_remedy, rb_observe, rb_on,
  rb_done_when, rb_becomes, rb_becomes_if, rb_only_if, rb_needs, rb_limits, rb_limit, rb_within, rb_skip, rb_wait, rb_wait_for,
  rb_then, rb_failed, rb_late, rb_back, rb_end, rb_no_return, rb_typing,
  bh_listen, bh_greeting, bh_check, bh_sessions, bh_no_row, bh_server, bh_twins, bh_ip, bh_process, bh_ha_role, bh_pair,
  bh_loaded, bh_xml, bh_settings, bh_tree, bh_sum, bh_history, bh_selinux, bh_mark, bh_away, bh_master_form,
  bh_backup_form, bh_note_priority, bh_values_of, bh_where_any, bh_gtid, bh_since_dump, bh_ends_at_error, bh_no_scripts,
  bh_note_scripts, bh_fill_in, bh_content,
  because, not_judged, gates_of_cause, settled, handover_given, handover_unpredicted, within_budget, beyond_budget,
  sum_steps, sum_handover, sum_no_return, sum_return, sum_plan,
  process_alive, process_gone, ways_from_here, on_way_back, damaged_explained,
  back_steps, back_outage, back_restore,
  own_of, own_gate, sum_gates, sum_stopped,
  kind_success, kind_unchanged, kind_rolled_back, kind_attention, end_locked, end_unavailable,
  semicolon, quoted, labelled,
};

struct Entry {
  const char* en;
  const char* zh;
};
[[nodiscard]] Entry entry(Word word);
inline constexpr int kWordCount = static_cast<int>(Word::labelled) + 1;

// What a template's {} are filled with is foreign text; the template itself is from the table.
template <typename... Args>
[[nodiscard]] std::string say(Language language, Word word, const Args&... args) {
  const Entry e = entry(word);
  return fmt::format(fmt::runtime(language == Language::zh ? e.zh : e.en), args...);
}

[[nodiscard]] inline const char* in(Language language, const char* en, const char* zh) { return language == Language::zh ? zh : en; }
[[nodiscard]] inline const std::string& in(const fsm::Words& words, Language language) { return words.in(language == Language::zh); }
// A text with its label before it, unless it begins with that word: "查看报告" needs no 查看 before it.
[[nodiscard]] std::string labelled(Word label, const std::string& text, Language language);
// The name of an end, or why a run never began, as people read it: the kinds are words, other names stay as they are.
[[nodiscard]] std::string end_words(const std::string& name, Language language);
// A title with its name where they differ: "Pre-flight (preflight)".
[[nodiscard]] std::string titled(const fsm::Words& title, const std::string& name, Language language);
// A name with its title where they differ: "versions: both nodes run the old version".
[[nodiscard]] std::string with_title(const std::string& name, const fsm::Words& title, Language language);

}  // namespace report
}  // namespace interlock
