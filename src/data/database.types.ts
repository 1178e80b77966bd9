// Written by `npm run types` from supabase/migrations: change those, not this.
import type { Answers, JsonArguments } from '@/domain/wire'

export type Database = {
  public: {
    Tables: { [_ in never]: never }
    Views: { [_ in never]: never }
    Functions: {
      accept_invitation: { Args: { p_token: string }; Returns: Answers['accept_invitation'] }
      acta_desk: { Args: { p_id: string }; Returns: Answers['acta_desk'] }
      add_insumo_file: {
        Args: {
          p_convocatoria: string
          p_id: string
          p_kind: string
          p_mime: string
          p_bytes: number
          p_sha256: string
        }
        Returns: Answers['add_insumo_file']
      }
      add_rendition: {
        Args: { p_submission: string; p_file: JsonArguments['add_rendition']['p_file'] }
        Returns: Answers['add_rendition']
      }
      admit_registrations: { Args: { p_ids: string[] }; Returns: Answers['admit_registrations'] }
      answer_followup: {
        Args: { p_folio: string; p_secret: string; p_followup: string; p_done: boolean }
        Returns: Answers['answer_followup']
      }
      apply_ops: { Args: JsonArguments['apply_ops']; Returns: Answers['apply_ops'] }
      approve_renewal: { Args: { p_id: string; p_version: number }; Returns: Answers['approve_renewal'] }
      attach_rendition: { Args: { p_submission: string }; Returns: Answers['attach_rendition'] }
      attendance_figures: { Args: { p_convocatoria: string }; Returns: Answers['attendance_figures'] }
      begin_mail: { Args: { p_id: number; p_lease: string }; Returns: boolean }
      bootstrap: { Args: never; Returns: Answers['bootstrap'] }
      calendar_feed: {
        Args: { p_campaign: string; p_key: string; p_direct: string; p_hops: string }
        Returns: Answers['calendar_feed']
      }
      campaign_board: { Args: { p_id: string }; Returns: Answers['campaign_board'] }
      campaign_mesa: { Args: { p_convocatoria: string }; Returns: Answers['campaign_mesa'] }
      campaign_results: { Args: { p_convocatoria: string }; Returns: Answers['campaign_results'] }
      cancel_invitation: { Args: { p_id: string }; Returns: Answers['cancel_invitation'] }
      caption_own_video: {
        Args: {
          p_folio: string
          p_secret: string
          p_version: number
          p_cues: JsonArguments['caption_own_video']['p_cues']
        }
        Returns: Answers['caption_own_video']
      }
      change_modality: {
        Args: { p_folio: string; p_secret: string; p_jornada: string; p_online: boolean }
        Returns: Answers['change_modality']
      }
      choose_calendar: {
        Args: { p_folio: string; p_secret: string; p_nonce?: string | null; p_key?: string | null }
        Returns: Answers['choose_calendar']
      }
      choose_mail: { Args: { p_token: string; p_choice: string }; Returns: Answers['choose_mail'] }
      choose_push: {
        Args: {
          p_folio: string
          p_secret: string
          p_endpoint?: string | null
          p_p256dh?: string | null
          p_auth?: string | null
          p_wanted?: boolean | null
        }
        Returns: Answers['choose_push']
      }
      choose_reminders: {
        Args: { p_folio: string; p_secret: string; p_chosen: string[] }
        Returns: Answers['choose_reminders']
      }
      clone_convocatoria: {
        Args: { p_id: string; p_from: string; p_opens_on: string }
        Returns: Answers['clone_convocatoria']
      }
      close_acta: { Args: { p_id: string; p_version: number }; Returns: Answers['close_acta'] }
      close_convocatoria: {
        Args: { p_id: string; p_version: number; p_reason: string }
        Returns: Answers['close_convocatoria']
      }
      close_selection: {
        Args: { p_id: string; p_version: number; p_chosen: string[]; p_reason?: string | null }
        Returns: Answers['close_selection']
      }
      confirm_minor: {
        Args: {
          p_id: string
          p_version: number
          p_how?: string | null
          p_on?: string | null
          p_name?: boolean | null
        }
        Returns: Answers['confirm_minor']
      }
      constancia_figures: { Args: never; Returns: Answers['constancia_figures'] }
      convocatoria_draft: { Args: { p_id: string | null }; Returns: Answers['convocatoria_draft'] }
      create_convocatoria: { Args: { p_id: string; p_kind: string }; Returns: Answers['create_convocatoria'] }
      deal_videos: { Args: { p_id: string; p_version: number }; Returns: Answers['deal_videos'] }
      delete_convocatoria: { Args: { p_id: string }; Returns: Answers['delete_convocatoria'] }
      deletion_receipts: { Args: never; Returns: Answers['deletion_receipts'] }
      desk_alerts: { Args: never; Returns: Answers['desk_alerts'] }
      desk_kit: { Args: never; Returns: Answers['desk_kit'] }
      door_list: {
        Args: { p_jornada: string; p_after?: number | null; p_limit?: number | null; p_known?: string | null }
        Returns: Answers['door_list']
      }
      export_campaign: { Args: { p_id: string }; Returns: Answers['export_campaign'] }
      external_copies: { Args: { p_submission?: string | null }; Returns: Answers['external_copies'] }
      find_propuestas: {
        Args: {
          p_convocatoria: string
          p_words?: string | null
          p_part?: string | null
          p_municipality?: string | null
          p_order?: string | null
          p_seed?: string | null
          p_after?: string | null
          p_sector?: string | null
        }
        Returns: Answers['find_propuestas']
      }
      findings_board: { Args: { p_convocatoria: string }; Returns: Answers['findings_board'] }
      finish_answers: { Args: { p_convocatoria: string }; Returns: Answers['finish_answers'] }
      grant_recognition: {
        Args: { p_id: string; p_data: JsonArguments['grant_recognition']['p_data'] }
        Returns: Answers['grant_recognition']
      }
      guardian_answer: {
        Args: { p_token: string; p_answer: string; p_name?: boolean | null }
        Returns: Answers['guardian_answer']
      }
      guardian_contact: { Args: { p_id: string }; Returns: Answers['guardian_contact'] }
      guardian_request: { Args: { p_token: string }; Returns: Answers['guardian_request'] }
      import_bodies: {
        Args: {
          p_rows: JsonArguments['import_bodies']['p_rows']
          p_expected: number
          p_retire_gone?: boolean | null
        }
        Returns: Answers['import_bodies']
      }
      import_campaign: {
        Args: {
          p_id: string
          p_document: JsonArguments['import_campaign']['p_document']
          p_classes?: JsonArguments['import_campaign']['p_classes'] | null
          p_again?: boolean | null
          p_files?: JsonArguments['import_campaign']['p_files'] | null
        }
        Returns: Answers['import_campaign']
      }
      institution_logo: { Args: never; Returns: Answers['institution_logo'] }
      institution_settings: { Args: never; Returns: Answers['institution_settings'] }
      insumo_files: { Args: { p_convocatoria: string }; Returns: Answers['insumo_files'] }
      invite_first_admin: {
        Args: { p_email: string; p_name: string }
        Returns: Answers['invite_first_admin']
      }
      invite_staff: {
        Args: {
          p_email: string
          p_name: string
          p_role: string
          p_convocatoria?: string | null
          p_jornada?: string | null
        }
        Returns: Answers['invite_staff']
      }
      invite_to_mesa: { Args: { p_id: string }; Returns: Answers['invite_to_mesa'] }
      issue_constancia: { Args: { p_id: string; p_secret: string }; Returns: Answers['issue_constancia'] }
      issue_constancias: { Args: { p_convocatoria: string }; Returns: Answers['issue_constancias'] }
      job_faults: { Args: never; Returns: Answers['job_faults'] }
      join_day: {
        Args: { p_folio: string; p_secret: string; p_jornada: string }
        Returns: Answers['join_day']
      }
      jornada_days: { Args: never; Returns: Answers['jornada_days'] }
      jury_desk: { Args: never; Returns: Answers['jury_desk'] }
      jury_video: { Args: { p_id: string }; Returns: Answers['jury_video'] }
      keep_push_key: { Args: { p_key: string }; Returns: boolean }
      keep_seat: {
        Args: { p_folio: string; p_secret: string; p_jornada: string }
        Returns: Answers['keep_seat']
      }
      keep_signing_keys: {
        Args: { p_keys: JsonArguments['keep_signing_keys']['p_keys'] }
        Returns: Answers['keep_signing_keys']
      }
      letter_register: {
        Args: { p_convocatoria: string; p_after?: number | null; p_submission?: string | null }
        Returns: Answers['letter_register']
      }
      liaison_figures: { Args: { p_convocatoria: string }; Returns: Answers['liaison_figures'] }
      likely_twins: { Args: { p_convocatoria: string }; Returns: Answers['likely_twins'] }
      likeness_digest: { Args: { p_convocatoria: string }; Returns: Answers['likeness_digest'] }
      list_bodies: { Args: { p_within?: string | null }; Returns: Answers['list_bodies'] }
      list_convocatorias: { Args: never; Returns: Answers['list_convocatorias'] }
      list_doubtful: { Args: never; Returns: Answers['list_doubtful'] }
      list_log: {
        Args: {
          p_person?: string | null
          p_area?: string | null
          p_kind?: string | null
          p_folio?: string | null
          p_from?: string | null
          p_to?: string | null
          p_after?: string | null
          p_limit?: number | null
        }
        Returns: Answers['list_log']
      }
      list_quarantine: {
        Args: { p_dismissed?: boolean | null; p_after?: string | null }
        Returns: Answers['list_quarantine']
      }
      list_recognitions: { Args: { p_id: string }; Returns: Answers['list_recognitions'] }
      list_registrations: {
        Args: {
          p_convocatoria?: string | null
          p_jornada?: string | null
          p_status?: string | null
          p_search?: string | null
          p_after?: string | null
        }
        Returns: Answers['list_registrations']
      }
      list_registry: { Args: { p_within?: string | null }; Returns: Answers['list_registry'] }
      list_second_reviews: { Args: never; Returns: Answers['list_second_reviews'] }
      list_set_apart: {
        Args: { p_body?: string | null; p_after?: string | null }
        Returns: Answers['list_set_apart']
      }
      list_sorted: {
        Args: {
          p_convocatoria: string
          p_finding?: string | null
          p_search?: string | null
          p_after?: string | null
        }
        Returns: Answers['list_sorted']
      }
      list_staff: { Args: never; Returns: Answers['list_staff'] }
      log_proof: {
        Args: { p_folio: string; p_secret: string; p_known?: number | null }
        Returns: Answers['log_proof']
      }
      mail_standing: { Args: { p_token: string }; Returns: Answers['mail_standing'] }
      make_recovery_codes: { Args: never; Returns: Answers['make_recovery_codes'] }
      merge_bodies: { Args: { p_kept: string; p_merged: string }; Returns: Answers['merge_bodies'] }
      mesa_desk: { Args: { p_id: string }; Returns: Answers['mesa_desk'] }
      missing_captions: { Args: never; Returns: Answers['missing_captions'] }
      missing_renditions: { Args: never; Returns: Answers['missing_renditions'] }
      my_session: { Args: never; Returns: Answers['my_session'] }
      note_external_copy: {
        Args: { p_submission: string; p_copy: JsonArguments['note_external_copy']['p_copy'] }
        Returns: Answers['note_external_copy']
      }
      note_followup: {
        Args: {
          p_id: string
          p_part: string
          p_seen: number
          p_state: string
          p_words: string
          p_area: string
          p_link?: string | null
          p_on_day?: string | null
        }
        Returns: Answers['note_followup']
      }
      note_open_review: {
        Args: { p_id: string; p_open?: boolean | null }
        Returns: Answers['note_open_review']
      }
      offer_renewal: { Args: { p_id: string; p_version: number }; Returns: Answers['offer_renewal'] }
      open_acta: {
        Args: { p_id: string; p_version: number; p_until?: string | null }
        Returns: Answers['open_acta']
      }
      open_file: { Args: { p_bucket: string; p_name: string }; Returns: Answers['open_file'] }
      open_folio: { Args: { p_folio: string; p_secret: string }; Returns: Answers['open_folio'] }
      open_guardian_video: { Args: { p_token: string }; Returns: Answers['open_guardian_video'] }
      open_invitation: { Args: { p_token: string }; Returns: Answers['open_invitation'] }
      open_own_video: { Args: { p_folio: string; p_secret: string }; Returns: Answers['open_own_video'] }
      open_preview: { Args: { p_token: string }; Returns: Answers['open_preview'] }
      open_selection: { Args: { p_id: string; p_version: number }; Returns: Answers['open_selection'] }
      own_captions: { Args: { p_folio: string; p_secret: string }; Returns: Answers['own_captions'] }
      own_comments: { Args: { p_folio: string; p_secret: string }; Returns: Answers['own_comments'] }
      pause_convocatoria: {
        Args: { p_id: string; p_version: number; p_reason: string; p_until?: string | null }
        Returns: Answers['pause_convocatoria']
      }
      plan_answers: {
        Args: { p_convocatoria: string; p_day?: string | null }
        Returns: Answers['plan_answers']
      }
      preview_bodies: {
        Args: { p_rows: JsonArguments['preview_bodies']['p_rows'] }
        Returns: Answers['preview_bodies']
      }
      preview_convocatoria: { Args: { p_id: string }; Returns: Answers['preview_convocatoria'] }
      preview_day_change: {
        Args: { p_jornada: string; p_payload: JsonArguments['preview_day_change']['p_payload'] }
        Returns: Answers['preview_day_change']
      }
      preview_import: {
        Args: { p_document: JsonArguments['preview_import']['p_document'] }
        Returns: Answers['preview_import']
      }
      public_videos: { Args: { p_objects: string[] }; Returns: Answers['public_videos'] }
      publish_convocatoria: {
        Args: { p_id: string; p_revision: number; p_at?: string | null; p_reason?: string | null }
        Returns: Answers['publish_convocatoria']
      }
      publish_mesa: { Args: { p_id: string; p_version: number }; Returns: Answers['publish_mesa'] }
      publish_results: { Args: { p_id: string; p_number: number }; Returns: Answers['publish_results'] }
      published_propuesta: { Args: { p_folio: string }; Returns: Answers['published_propuesta'] }
      published_propuestas: {
        Args: { p_convocatoria: string; p_after?: string | null }
        Returns: Answers['published_propuestas']
      }
      published_supports: { Args: { p_convocatoria: string }; Returns: Answers['published_supports'] }
      published_videos: {
        Args: {
          p_convocatoria: string
          p_after?: string | null
          p_pillar?: string | null
          p_municipality?: string | null
          p_sector?: string | null
        }
        Returns: Answers['published_videos']
      }
      pull_changes: {
        Args: { pulls: JsonArguments['pull_changes']['pulls'] }
        Returns: Answers['pull_changes']
      }
      record_mail_event: { Args: { p_name: string; p_event: string }; Returns: boolean }
      recover_links: {
        Args: { p_email: string; p_code: string; p_seed: string }
        Returns: Answers['recover_links']
      }
      redeem_invitation: { Args: { p_token: string; p_user: string }; Returns: Answers['redeem_invitation'] }
      registry_body: { Args: { p_id: string }; Returns: Answers['registry_body'] }
      release_colleague: {
        Args: { p_folio: string; p_secret: string; p_colleague: string }
        Returns: Answers['release_colleague']
      }
      remove_external_copy: {
        Args: { p_id: string; p_removed: boolean }
        Returns: Answers['remove_external_copy']
      }
      remove_second_factor: { Args: never; Returns: Answers['remove_second_factor'] }
      remove_survey_text: {
        Args: { p_jornada: string; p_text: string }
        Returns: Answers['remove_survey_text']
      }
      renewed_strategy: { Args: { p_convocatoria: string }; Returns: Answers['renewed_strategy'] }
      reopen_convocatoria: {
        Args: {
          p_id: string
          p_version: number
          p_reason: string
          p_closes_at: string
          p_answer_by?: string | null
        }
        Returns: Answers['reopen_convocatoria']
      }
      reopen_selection: {
        Args: { p_id: string; p_version: number; p_reason: string }
        Returns: Answers['reopen_selection']
      }
      report_missing_body: {
        Args: { p_name: string; p_class?: string | null; p_municipality?: string | null }
        Returns: Answers['report_missing_body']
      }
      request_link_code: { Args: { p_email: string }; Returns: Answers['request_link_code'] }
      reset_second_factor: { Args: { p_id: string }; Returns: Answers['reset_second_factor'] }
      resolve_report: {
        Args: { p_id: string; p_outcome: string; p_body?: string | null }
        Returns: Answers['resolve_report']
      }
      results_desk: { Args: { p_id: string }; Returns: Answers['results_desk'] }
      resume_convocatoria: {
        Args: { p_id: string; p_version: number; p_reason?: string | null }
        Returns: Answers['resume_convocatoria']
      }
      retention_outlook: { Args: never; Returns: Answers['retention_outlook'] }
      retire_convocatoria: {
        Args: { p_id: string; p_version: number; p_reason: string }
        Returns: Answers['retire_convocatoria']
      }
      review_answer: {
        Args: { p_finding: string; p_version: number; p_approved: boolean; p_reason?: string | null }
        Returns: Answers['review_answer']
      }
      review_item: { Args: { p_id: string }; Returns: Answers['review_item'] }
      review_queue: {
        Args: {
          p_convocatoria?: string | null
          p_states?: string[] | null
          p_search?: string | null
          p_after?: string | null
          p_kind?: string | null
          p_filter?: JsonArguments['review_queue']['p_filter'] | null
        }
        Returns: Answers['review_queue']
      }
      revoke_recognition: {
        Args: { p_id: string; p_recognition: string; p_reason: string }
        Returns: Answers['revoke_recognition']
      }
      revoked_constancias: { Args: never; Returns: Answers['revoked_constancias'] }
      run_due_jobs: { Args: never; Returns: Answers['run_due_jobs'] }
      save_acta: { Args: { p_id: string; p_version: number; p_body: string }; Returns: Answers['save_acta'] }
      save_body: {
        Args: { p_id: string; p_expected_version: number; p_data: JsonArguments['save_body']['p_data'] }
        Returns: Answers['save_body']
      }
      save_classes: {
        Args: { p_classes: JsonArguments['save_classes']['p_classes']; p_expected: number }
        Returns: Answers['save_classes']
      }
      save_holidays: {
        Args: { p_expected_version: number; p_days: JsonArguments['save_holidays']['p_days'] }
        Returns: Answers['save_holidays']
      }
      save_institution: {
        Args: { p_expected_version: number; p_data: JsonArguments['save_institution']['p_data'] }
        Returns: Answers['save_institution']
      }
      save_mesa: {
        Args: { p_id: string; p_version: number; p_data: JsonArguments['save_mesa']['p_data'] }
        Returns: Answers['save_mesa']
      }
      save_renewal: {
        Args: { p_id: string; p_version: number; p_data: JsonArguments['save_renewal']['p_data'] }
        Returns: Answers['save_renewal']
      }
      save_reply_templates: {
        Args: { p_expected_version: number; p_texts: JsonArguments['save_reply_templates']['p_texts'] }
        Returns: Answers['save_reply_templates']
      }
      save_section: {
        Args: {
          p_id: string
          p_section: string
          p_expected_version: number
          p_data: JsonArguments['save_section']['p_data']
        }
        Returns: Answers['save_section']
      }
      seat_juror: {
        Args: {
          p_id: string
          p_version: number
          p_submission: string
          p_juror: string
          p_instead?: string | null
        }
        Returns: Answers['seat_juror']
      }
      selection_desk: { Args: { p_id: string }; Returns: Answers['selection_desk'] }
      set_body_active: { Args: { p_id: string; p_active: boolean }; Returns: Answers['set_body_active'] }
      set_staff_active: { Args: { p_id: string; p_active: boolean }; Returns: Answers['set_staff_active'] }
      settle_comment: {
        Args: { p_comment: string; p_version: number; p_published: boolean; p_reason?: string | null }
        Returns: Answers['settle_comment']
      }
      settle_constancias: {
        Args: { p_key: string; p_signed: JsonArguments['settle_constancias']['p_signed'] }
        Returns: Answers['settle_constancias']
      }
      settle_doubtful: { Args: { p_ids: number[]; p_outcome: string }; Returns: Answers['settle_doubtful'] }
      settle_edition_work: {
        Args: {
          p_convocatoria: string
          p_number: number
          p_work: string
          p_page: number
          p_files: JsonArguments['settle_edition_work']['p_files']
          p_error?: string | null
        }
        Returns: undefined
      }
      settle_file_job: {
        Args: {
          p_id: string
          p_work: string
          p_result?: JsonArguments['settle_file_job']['p_result'] | null
          p_error?: string | null
        }
        Returns: undefined
      }
      settle_hold: { Args: { p_submission: string; p_outcome: string }; Returns: Answers['settle_hold'] }
      settle_log_file: { Args: { p_day: string }; Returns: Answers['settle_log_file'] }
      settle_log_head: { Args: { p_text: string; p_signature: string }; Returns: Answers['settle_log_head'] }
      settle_mail: {
        Args: { p_id: number; p_error?: string | null; p_outcome?: string | null }
        Returns: undefined
      }
      settle_media_job: {
        Args: {
          p_id: number
          p_result?: JsonArguments['settle_media_job']['p_result'] | null
          p_error?: string | null
        }
        Returns: undefined
      }
      settle_passes: {
        Args: { p_signed: JsonArguments['settle_passes']['p_signed'] }
        Returns: Answers['settle_passes']
      }
      settle_quarantine: {
        Args: { p_ids: string[]; p_release: boolean }
        Returns: Answers['settle_quarantine']
      }
      settle_revocations: {
        Args: { p_text: string; p_signature: string; p_hash: string }
        Returns: Answers['settle_revocations']
      }
      share_preview: { Args: { p_id: string }; Returns: Answers['share_preview'] }
      staff_me: { Args: never; Returns: Answers['staff_me'] }
      strategy_renewal: { Args: { p_id: string }; Returns: Answers['strategy_renewal'] }
      substitute_colleague: {
        Args: {
          p_folio: string
          p_secret: string
          p_colleague: string
          p_data: JsonArguments['substitute_colleague']['p_data']
        }
        Returns: Answers['substitute_colleague']
      }
      substitute_delegate: {
        Args: { p_folio: string; p_secret: string; p_data: JsonArguments['substitute_delegate']['p_data'] }
        Returns: Answers['substitute_delegate']
      }
      support_propuesta: {
        Args: {
          p_folio: string
          p_secret: string
          p_given: boolean
          p_notice_hash?: string | null
          p_locale?: string | null
          p_consented_at?: string | null
        }
        Returns: Answers['support_propuesta']
      }
      survey_results: { Args: { p_convocatoria: string }; Returns: Answers['survey_results'] }
      take_constancias: { Args: { p_key: string; p_limit: number }; Returns: Answers['take_constancias'] }
      take_edition_work: { Args: never; Returns: Answers['take_edition_work'] }
      take_file_jobs: { Args: { p_limit: number }; Returns: Answers['take_file_jobs'] }
      take_log_files: { Args: never; Returns: Answers['take_log_files'] }
      take_log_head: { Args: { p_key: string }; Returns: Answers['take_log_head'] }
      take_mail: {
        Args: { p_limit: number; p_quiet?: boolean | null; p_repeats?: boolean | null }
        Returns: Answers['take_mail']
      }
      take_media_jobs: { Args: { p_limit: number }; Returns: Answers['take_media_jobs'] }
      take_passes: { Args: { p_limit: number }; Returns: Answers['take_passes'] }
      take_revocations: { Args: never; Returns: Answers['take_revocations'] }
      undo_import: { Args: { p_id: string }; Returns: Answers['undo_import'] }
      unshare_preview: { Args: { p_id: string }; Returns: Answers['unshare_preview'] }
      use_recovery_code: { Args: { p_code: string }; Returns: Answers['use_recovery_code'] }
      withdraw_convocatoria: {
        Args: { p_id: string; p_reason?: string | null }
        Returns: Answers['withdraw_convocatoria']
      }
      write_again: { Args: { p_submission: string }; Returns: Answers['write_again'] }
      write_to_liaisons: { Args: { p_group: string; p_kind: string }; Returns: Answers['write_to_liaisons'] }
    }
    Enums: { [_ in never]: never }
    CompositeTypes: { [_ in never]: never }
  }
}
