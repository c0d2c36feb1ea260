"""What an attack once brought down, and the tests that hold each of it: a table that breaks when one of them goes."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

from shapes import entries

from dragoman.case import open as open_case
from dragoman.intake.gather import gather
from dragoman.model import Article
from dragoman.store import CaseFile

gathering = sys.modules["dragoman.intake.gather"]  # whose name the package gives to its function

HELD: dict[str, list[str]] = {
    "a decision's value that cannot be": [
        "test_decisions_door.py: a_value_that_cannot_be_is_refused_before_it_is_kept, "
        "what_an_older_version_kept_is_understood_or_passed_over_by_name, no_decision_breaks_a_case, "
        "no_command_breaks_a_case, no_value_of_any_field_breaks_a_case, "
        "any_two_things_are_joined_and_split_or_refused, no_value_on_a_form_breaks_a_page",
        "test_own_hand.py: what_is_no_file_of_decisions_is_refused, a_note_may_hold_whatever_parts_lines, "
        "decisions_are_held_against_those_on_the_same_alone",
        "test_views.py: what_a_view_may_be, what_cannot_be_saved_is_said",
    ],
    "a file name that is no UTF-8": ["test_intake_containers.py: names_that_are_not_utf8"],
    "headers of a mail; memory that runs out": [
        "test_intake_containers.py: headers_are_cut_before_they_are_parsed, encoded_words",
        "test_attacks_held.py: memory_that_runs_out_costs_one_article",
    ],
    "many clients, slow clients, another site's page": [
        "test_workbench_attack.py: pages_answer_while_forty_ask_and_twenty_files_are_not_taken, "
        "too_many_at_once_are_told_to_come_back, too_many_files_are_told_to_come_back, "
        "another_sites_page_asks_for_nothing_by_itself, clients_that_keep_the_server_waiting_are_cut_off",
    ],
    "an export that fails midway": [
        "test_commands_end.py: a_file_is_written_whole_or_left_as_it_was, "
        "an_export_that_fails_midway_is_an_error_and_leaves_the_old_file",
        "test_workbench_attack.py: an_export_that_fails_at_once_is_no_file, "
        "a_file_that_fails_midway_is_seen_to_have_failed",
    ],
    "attributes and brackets without end": [
        "test_intake_containers.py: an_element_of_too_many_attributes_loses_them, "
        "runs_of_signs_are_folded_in_one_pass",
    ],
    "the server's own addresses; a key in an address": [
        "test_workbench_attack.py: on_all_addresses_each_of_its_own_is_answered, "
        "the_key_is_taken_out_of_the_address_and_kept_in_a_cookie, two_cases_on_one_machine_keep_two_keys",
        "test_team_visits.py: keys_and_visits_of_another_case_open_nothing, a_key_in_the_address_lets_nobody_in, "
        "who_leaves_is_out_also_with_the_cookie_of_before, the_forms_of_one_visit_are_of_no_other",
        "test_team_matrix.py: who_may_send_which_form, what_nobody_thought_of_is_no_readers",
    ],
    "strange keys, tokens, origins, days and parameters": [
        "test_workbench_attack.py: a_wrong_key_is_refused_whatever_its_letters, a_strange_token_is_refused, "
        "a_strange_origin_is_refused, what_breaks_is_answered_with_a_page_and_the_headers, "
        "no_parameter_breaks_a_page",
    ],
    "a damaged case": [
        "test_case_at_rest.py: damage_is_told_and_never_read_as_something_else, "
        "without_a_seal_each_row_is_held_against_its_digest, a_table_whose_words_are_no_text_is_damage, "
        "a_case_without_a_seal_is_checked_when_it_is_copied",
    ],
    "a case that is deleted, replaced, copied or killed in use": [
        "test_case_at_rest.py: a_case_that_was_taken_away_acknowledges_nothing, "
        "a_backup_is_not_taken_over_by_a_log_that_lies_beside_it, an_empty_file_is_no_case, "
        "a_copy_of_the_file_alone_holds_what_was_acknowledged, nothing_acknowledged_is_lost_by_a_kill",
    ],
    "line breaks in a title": [
        "test_exports_hostile.py: the_brief_has_no_line_more_than_it_should, the_calendar_is_a_calendar, "
        "names_and_titles_are_one_line_in_every_table",
    ],
    "links out of a folder; a pipe in the place of a file": [
        "test_intake_containers.py: links_out_of_the_folder_are_set_aside, "
        "a_pipe_put_in_the_place_of_a_file_does_not_hang",
    ],
    "a path that looks like an address": ["test_case_at_rest.py: a_path_is_taken_as_it_is_written"],
    "signs for the terminal, for XML and for spreadsheets": [
        "test_commands_end.py: no_sign_of_others_acts_on_the_terminal",
        "test_exports_hostile.py: what_is_left_can_be_read_as_xml, the_graph_is_xml, no_cell_begins_as_a_formula",
    ],
    "strange arguments, locales and ends of commands": [
        "test_commands_end.py: strange_arguments_are_told_in_one_line, output_that_cannot_be_written_is_an_error, "
        "a_reader_who_has_seen_enough_is_no_error, commands_work_in_any_locale_and_for_a_user_without_a_name, "
        "ctrl_c_at_the_start_is_quiet, on_a_full_disk_a_case_can_be_looked_at",
        "test_workbench_attack.py: head_is_answered",
        "test_intake_encodings.py: any_bytes_are_text_or_named",
    ],
    "many tiny records": ["test_attacks_held.py: what_cannot_be_read_is_not_written_one_by_one"],
    "long articles and long sentences": [
        "test_long_articles.py: no_text_makes_more_work_than_the_bound, "
        "the_unread_rest_is_counted_listed_and_searched, texts_are_parsed_together_within_bounds, "
        "the_tags_of_many_triggers_are_worked_out_in_parts, "
        "no_more_words_are_looked_at_than_the_bound_and_the_rest_is_told",
        "test_encoder_tokens.py: every_word_of_a_long_sentence_is_read_once, any_long_sentence_keeps_its_words",
        "test_neighbours.py: the_nearest_of_many_sayings, the_marks_that_are_told, the_words_of_a_time_expression",
    ],
    "a name that is to be hidden": [
        "test_publishing_redaction.py: a_person_is_hidden_in_every_spelling, no_random_name_gets_through",
        "test_publishing.py: a_name_in_titles_addresses_files_and_codes_is_hidden, "
        "a_name_that_slips_through_is_never_published",
    ],
    "readings, feeds and questions that come from elsewhere": [
        "test_spreading_hostile.py: an_article_that_cannot_be_is_set_aside_alone, "
        "a_file_that_is_not_as_it_must_be_is_refused_by_name, a_manifest_that_cannot_be_is_refused",
        "test_watching.py: a_list_that_cannot_be_used_says_why, a_redirect_leads_into_no_private_network, "
        "a_name_that_leads_elsewhere_when_it_is_asked_leads_into_no_private_network, "
        "a_feed_of_the_open_net_that_moves_into_a_private_one_leads_nowhere, "
        "one_strange_link_stops_no_feed_and_no_redirect, a_mark_that_cannot_be_sent_back_costs_no_feed, "
        "the_attributes_of_a_feed_are_bounded_as_those_of_a_file",
        "test_assistant.py: what_is_no_question_is_refused_in_words, nothing_is_written, "
        "no_query_is_taken_for_a_language_of_the_tables",
    ],
}


@cache
def defined_in(module: str) -> frozenset[str]:
    tree = ast.parse((Path(__file__).parent / module).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("what", HELD)
def test_what_fell_once_is_held_by_tests_that_are_there(what: str) -> None:
    for line in HELD[what]:
        module, names = line.split(": ")
        missing = {f"test_{name}" for name in names.split(", ")} - defined_in(module)
        assert not missing, f"{module} holds no more: {what}"


# --- rows that no other module holds ----------------------------------------------------------------------


@pytest.mark.parametrize("where", ["compose", "read_source"])
def test_memory_that_runs_out_costs_one_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    whole = getattr(gathering, where)

    def scarce(found: Any, *rest: Any) -> Any:
        if "large" in str(getattr(found, "path", found)):
            raise MemoryError
        return whole(found, *rest)

    monkeypatch.setattr(gathering, where, scarce)
    for name in ("large", "small"):
        (tmp_path / f"{name}.txt").write_text(f"The {name} ferry sailed on Monday.", encoding="utf-8")
    found = {Path(item.path).name: item for item in gather([tmp_path])}
    aside = found["large.txt"]
    assert isinstance(found["small.txt"], Article)
    assert not isinstance(aside, Article) and "more memory than there is" in aside.reason


def test_what_cannot_be_read_is_not_written_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0
    writing = CaseFile._writing

    @contextmanager
    def counted(self: CaseFile) -> Iterator[Any]:
        nonlocal written
        written += 1
        with writing(self) as connection:
            yield connection

    monkeypatch.setattr(CaseFile, "_writing", counted)
    path = tmp_path / "feed.rss"
    path.write_text(entries(1_600), encoding="utf-8")
    with open_case(tmp_path / "x.case", create=True) as case:
        summary = case.read([path])
        assert len(summary.aside) == len(case.file.set_aside()) == 1_600
    assert written <= 5
