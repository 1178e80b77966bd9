-- Supports: who reads that a published proposal says the same as theirs may add themselves instead of sending another one.

create table app.propuesta_supports (
  submission_id uuid not null references app.submissions on delete cascade,
  secret_hash text not null,             -- of a secret that the phone keeps for the whole campaign
  given_at timestamptz not null default app.now(),
  notice_id uuid not null references app.notices,
  locale text not null,
  consented_at timestamptz not null,     -- claimed by the phone
  in_burst boolean not null,             -- more of its network came within an hour than are counted
  primary key (submission_id, secret_hash)
);
create index on app.propuesta_supports (notice_id);
alter table app.propuesta_supports enable row level security;
comment on table app.propuesta_supports is
  'Personal data: hash of a secret and which proposals it supports, which may show opinions. Readers: the server; everybody how'
  ' many, after the closing. Kept: until it is taken back, or with the content of the proposal. Deleted by:'
  ' app.erase_propuesta.';

-- How many supports of one network are counted within an hour. Those above are received and not counted: many honest people
-- may share a network, and secrets are free to make.
create function app.supports_counted() returns int
language plpgsql immutable set search_path = '' as $$
begin
  return 30;
end $$;

-- Refuses a consent that answers no notice of now, or says no instant and locale.
create function app.check_support_consent(p_convocatoria app.convocatorias, p_notice_hash text, p_locale text,
  p_consented_at text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not exists (select from app.notices n where n.id = p_convocatoria.notice_id and n.hash = p_notice_hash) then
    perform app.refuse('notice_outdated', 'notice', 409);
  end if;
  if app.parse_instant(p_consented_at) is null then perform app.refuse('malformed_op', 'consented_at'); end if;
  if coalesce(p_locale, '') !~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$' then perform app.refuse('malformed_op', 'locale'); end if;
end $$;

-- Gives the support of a secret to a published proposal, or takes it back: one for each secret and proposal, however often it
-- is asked. Giving follows the dates of the campaign; taking back is always possible, also of one that is no longer published.
create function public.support_propuesta(p_folio text, p_secret text, p_given boolean, p_notice_hash text default null,
  p_locale text default null, p_consented_at text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_submission app.submissions;
  v_campaign app.convocatorias;
  v_caller text;
begin
  if coalesce(p_secret, '') !~ '^[A-Za-z0-9_-]{22,64}$' then perform app.refuse('malformed_op', 'secret'); end if;
  if p_given is null then perform app.refuse('malformed_op', 'given'); end if;
  select * into v_submission from app.submissions s where s.folio = p_folio and s.kind = 'propuestas';
  if not p_given then
    delete from app.propuesta_supports u where u.submission_id = v_submission.id and u.secret_hash = app.sha256_hex(p_secret);
    return '{"given": false}';
  end if;
  select * into v_campaign from app.convocatorias c where c.id = v_submission.convocatoria_id and c.published;
  if v_campaign.id is null or v_submission.state <> 'published' then perform app.refuse('submission_unknown', null, 404); end if;
  perform app.check_window(v_campaign);
  perform app.check_support_consent(v_campaign, p_notice_hash, p_locale, p_consented_at);
  if exists (select from app.propuesta_supports u where u.submission_id = v_submission.id
    and u.secret_hash = app.sha256_hex(p_secret)) then return '{"given": true}'; end if;
  v_caller := app.caller_hash();
  insert into app.propuesta_supports (submission_id, secret_hash, notice_id, locale, consented_at, in_burst)
  values (v_submission.id, app.sha256_hex(p_secret), v_campaign.notice_id, p_locale, app.parse_instant(p_consented_at),
    case when v_caller is null then false else not app.note_call('support', v_caller, app.supports_counted()) end)
  on conflict do nothing;
  return '{"given": true}';
end $$;
grant execute on function public.support_propuesta(text, text, boolean, text, text, text) to anon, authenticated;

-- How many support each published proposal of a campaign, once nothing more is received: {items: {folio: count}}. Until then,
-- and for those that nobody supports, none.
create function public.published_supports(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.unless_known(jsonb_build_object('items', coalesce((select jsonb_object_agg(n.folio, n.n)
    from (select s.folio, count(*) as n from app.convocatorias c
        join app.submissions s on s.convocatoria_id = c.id and s.state = 'published'
        join app.propuesta_supports u on u.submission_id = s.id and not u.in_burst
      where c.id = p_convocatoria and c.published and app.now() >= app.received_until(c) group by s.folio) n), '{}')));
end $$;
grant execute on function public.published_supports(uuid) to anon, authenticated;
