-- The acta of a mesa: open to comments for some days, then closed and frozen with its hash (docs/decisions/0098).

create table app.mesa_actas (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  version int not null default 1,
  body text not null check (body = app.canon(body, true) and char_length(body) <= 40000),   -- the working copy, formatted
  saved_at timestamptz not null default app.now(),
  saved_by uuid not null,
  opened text,                     -- what people comment on
  opened_at timestamptz,
  opened_by uuid,
  comments_until timestamptz,      -- the first instant that is late
  final text,                      -- in its canonical form (RFC 8785), whose bytes the hash is of
  hash text check (hash = app.sha256_hex(final)),
  closed_at timestamptz,
  closed_by uuid,
  check (num_nulls(opened, opened_at, opened_by, comments_until) in (0, 4)),
  check (num_nulls(final, hash, closed_at, closed_by) in (0, 4) and (final is null or opened is not null))
);
alter table app.mesa_actas enable row level security;
comment on table app.mesa_actas is
  'Personal data: the members who wrote, opened and closed it. Readers: staff of the campaign; everybody the text, without those'
  ' names. Kept: with its campaign; a closed one stays as it is. Deleted by: public.delete_convocatoria.';
create trigger closed_actas_are_frozen before update on app.mesa_actas
  for each row when (old.final is not null) execute function app.refuse_rewriting();
create trigger actas_are_kept before truncate on app.mesa_actas
  for each statement execute function app.refuse_rewriting();

-- What an attendee or an author says of the acta: one changeable comment for each folio. A person reads it before it is public.
create table app.mesa_comments (
  id uuid not null unique default gen_random_uuid(),
  convocatoria_id uuid not null references app.mesa_actas on delete cascade,
  submission_id uuid not null references app.submissions on delete cascade,   -- of the consultation or of the meeting
  body text not null check (body = app.canon(body) and app.visible_length(body) > 0 and char_length(body) <= 1000),
  standing text not null check (standing in ('came', 'registered', 'wrote')),
  consent text not null,                 -- the name and version of the words that the person agreed to
  notice_id uuid not null references app.notices,
  locale text not null,
  consented_at timestamptz not null,     -- claimed by the phone
  version int not null default 1,        -- grows with each change of its author
  at timestamptz not null default app.now(),
  state text not null default 'received' check (state in ('received', 'published', 'kept_back')),
  reason text check (char_length(reason) <= 500),
  decided_by uuid,
  decided_at timestamptz,
  primary key (convocatoria_id, submission_id),
  check ((state = 'kept_back') = (reason is not null)),
  check ((state = 'received') = (decided_by is null) and (state = 'received') = (decided_at is null))
);
create index on app.mesa_comments (submission_id);
create index on app.mesa_comments (notice_id);
alter table app.mesa_comments enable row level security;
comment on table app.mesa_comments is
  'Personal data: a comment, which may show opinions, of which folio, and the member who decided. Readers: its author; staff of the'
  ' campaign without the folio; everybody a published one, without folio or name. Kept: until its author takes it back, or with the'
  ' submission. Deleted by: app.forget_comments.';

-- Comments of phones that were without signal are received as long as submissions after a closing.
create function app.comments_received_until(p_acta app.mesa_actas) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return p_acta.comments_until + (select c.grace from app.convocatorias c where c.id = p_acta.convocatoria_id);
end $$;

-- How somebody takes part in a mesa: `came`, as the door noted; `registered` for it; `wrote` in the consultation. Null: not at all.
create function app.mesa_standing(p_convocatoria uuid, p_submission uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select case when s.convocatoria_id = p_convocatoria then 'wrote'
      when app.call_kind_function(k.came_function, s.id) = 'true' then 'came' else 'registered' end
    from app.submissions s join app.campaign_kinds k on k.kind = s.kind join app.mesas m on m.convocatoria_id = p_convocatoria
    where s.id = p_submission and s.convocatoria_id in (p_convocatoria, m.meeting_id) and s.quarantined_at is null
      and s.content_erased_at is null and s.state not in ('withdrawn', 'expired'));
end $$;

-- What everybody reads of an acta; null before it is open to comments. `final` is null until it is closed.
create function app.public_acta(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('body', a.opened, 'opened_at', a.opened_at, 'comments_until', a.comments_until,
      'received_until', app.comments_received_until(a), 'final', a.final, 'hash', a.hash, 'closed_at', a.closed_at,
      'comments', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'body', c.body, 'standing', c.standing, 'at', c.at)
          order by c.at, c.id), '[]')
        from app.mesa_comments c where c.convocatoria_id = p_convocatoria and c.state = 'published'
          and app.mesa_standing(p_convocatoria, c.submission_id) is not null))
    from app.mesa_actas a where a.convocatoria_id = p_convocatoria and a.opened is not null);
end $$;

-- Names and versions of the consent that phones ask for. A phone of before still sends an older one.
create function app.comment_consents() returns text[]
language plpgsql immutable set search_path = '' as $$
begin
  return array['comentario-1'];
end $$;

create function app.check_comment(p_body text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if app.visible_length(coalesce(p_body, '')) = 0 then perform app.refuse('text_required', 'body'); end if;
  if char_length(app.trimmed(p_body)) > 1000 then perform app.refuse('text_too_long', 'body'); end if;
  return app.trimmed(p_body);
end $$;

-- Says something of the acta with the secret of one's folio, in the place of what was said before, or takes it back, at any time:
-- {convocatoria_id, submission_id, withdraw: true}, or {…, body, consent, notice_hash, locale, consented_at}. The entity is an id of
-- the phone's own, which keeps the order of its ops and stops no op of the submission.
create function app.comment_acta(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_payload jsonb := p_op.payload;
  v_submission uuid := app.parse_uuid(app.text_of(v_payload, 'submission_id'));
  v_campaign app.convocatorias;
  v_acta app.mesa_actas;
  v_standing text;
  v_body text;
begin
  if v_submission is null or not app.is_author(v_submission, p_op.secret) then perform app.refuse('submission_unknown', null, 404); end if;
  if v_payload -> 'withdraw' = 'true' then
    delete from app.mesa_comments c where c.submission_id = v_submission
      and c.convocatoria_id = app.parse_uuid(app.text_of(v_payload, 'convocatoria_id'));
    return;
  end if;
  v_campaign := app.target_convocatoria(v_payload, 'propuestas');
  select * into v_acta from app.mesa_actas a where a.convocatoria_id = v_campaign.id for share;
  v_standing := app.mesa_standing(v_campaign.id, v_submission);
  if v_standing is null then perform app.refuse('submission_unknown', null, 404); end if;
  if v_acta.opened is null then perform app.refuse('convocatoria_not_open', null, 409); end if;
  if v_acta.final is not null or app.now() >= app.comments_received_until(v_acta) then perform app.refuse('convocatoria_closed', null, 409); end if;
  v_body := app.check_comment(app.text_of(v_payload, 'body'));
  if not coalesce(app.text_of(v_payload, 'consent') = any (app.comment_consents()), false) then perform app.refuse('consent_missing', 'consents'); end if;
  perform app.check_support_consent(v_campaign, app.text_of(v_payload, 'notice_hash'), app.text_of(v_payload, 'locale'),
    app.text_of(v_payload, 'consented_at'));
  insert into app.mesa_comments as c (convocatoria_id, submission_id, body, standing, consent, notice_id, locale, consented_at)
  values (v_campaign.id, v_submission, v_body, v_standing, v_payload ->> 'consent', v_campaign.notice_id, v_payload ->> 'locale',
    app.parse_instant(v_payload ->> 'consented_at'))
  on conflict (convocatoria_id, submission_id) do update set body = excluded.body, standing = excluded.standing,
    consent = excluded.consent, notice_id = excluded.notice_id, locale = excluded.locale, consented_at = excluded.consented_at,
    version = c.version + 1, at = app.now(), state = 'received', reason = null, decided_by = null, decided_at = null;
end $$;
insert into app.op_kinds (kind, actor, handler) values ('mesa.comment', 'citizen', 'comment_acta');

-- The comments of a folio, of a registration too, and what became of each: {items: [{convocatoria_id, title, body, at, state, reason}]}.
create function public.own_comments(p_folio text, p_secret text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_submission uuid := app.own_submission(p_folio, p_secret);
begin
  return jsonb_build_object('items', (select coalesce(jsonb_agg(jsonb_build_object('convocatoria_id', c.convocatoria_id,
      'title', v.title, 'body', c.body, 'at', c.at, 'state', c.state, 'reason', c.reason) order by c.at), '[]')
    from app.mesa_comments c join app.convocatorias v on v.id = c.convocatoria_id where c.submission_id = v_submission));
end $$;
grant execute on function public.own_comments(text, text) to anon, authenticated;

-- Deletes comments of submissions that are withdrawn for good or erased, with a receipt. Others go with their submission.
create function app.forget_comments() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int := 0;
  v_one record;
begin
  for v_one in with gone as (delete from app.mesa_comments c using app.submissions s where s.id = c.submission_id
      and (s.content_erased_at is not null or (s.state = 'withdrawn' and s.withdrawn_from is null)) returning c.convocatoria_id)
    select g.convocatoria_id, count(*)::int as amount from gone g group by 1 loop
    perform app.record_deletion('comments', v_one.convocatoria_id, null, v_one.amount);
    v_count := v_count + v_one.amount;
  end loop;
  return v_count;
end $$;
insert into app.due_jobs (position, name, handler) values (31, 'comments_forgotten', 'forget_comments');
