/**
 * What the studio says of a section beyond the refusals: what publishing needs (`missing`) and what is worth a look.
 * The same words are written by SQL (`app.problem`); a test compares both.
 */
export const PROBLEMS = [
  'number_required',
  'number_invalid',
  'list_too_long',
  // the calendar
  'closes_on_rest_day',
  'answer_on_rest_day',
  // the strategy and its insumos
  'strategy_without_action',
  'number_fixed',
  'number_taken',
  'answerer_required',
  'insumos_none',
  // a call for videos
  'pillars_required',
  'pillar_in_use',
  'limits_disordered',
  'file_limit',
  'licence_required',
  'licence_past',
  // jornadas
  'groups_required',
  'group_without_classes',
  'group_without_bodies',
  'class_in_two_groups',
  'group_without_days',
  'group_required',
  'day_fixed',
  'day_past',
  'day_on_rest_day',
  'hour_required',
  'ends_before_starts',
  'modality_required',
  'place_required',
  'link_missing',
  'link_invalid',
  'capacity_required',
  // the institution's settings
  'accent_invalid',
  'logo_invalid',
  'holiday_twice',
  // publishing
  'campaign_incomplete',
  'not_published',
  'already_open',
  'preview_unknown',
] as const

export type Problem = (typeof PROBLEMS)[number]
