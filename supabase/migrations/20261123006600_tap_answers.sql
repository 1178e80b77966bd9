-- «¿Ayuda?» answered by itself: one tap an action, sent without a proposal. One changeable answer for each secret and action.

create table app.tap_answers (
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  secret_hash text not null,             -- of a secret that the phone makes for these answers alone, one for each campaign
  part_id uuid not null references app.parts,
  helps text not null check (helps in ('yes', 'partly', 'no')),
  in_burst boolean not null,             -- its phone came after those of its network that are counted within an hour
  consent text not null,                 -- the name and version of the words that the person agreed to
  notice_id uuid not null references app.notices,
  locale text not null,
  consented_at timestamptz not null,     -- claimed by the phone
  primary key (convocatoria_id, secret_hash, part_id)
);
create index on app.tap_answers (part_id);
create index on app.tap_answers (notice_id);
alter table app.tap_answers enable row level security;
comment on table app.tap_answers is
  'Personal data: hash of a secret and whether actions help, which may show opinions. Readers: the server; everybody how many,'
  ' after the closing. Kept: until they are taken back, or as long as the records of the campaign. Deleted by: app.forget_taps.';

-- From how many phones of one network answers are counted within an hour. Those of others are received, marked and left out of
-- the totals: many honest people may share a network, and secrets are free to make. The results say this number.
create function app.taps_counted() returns int
language plpgsql immutable set search_path = '' as $$
begin
  return 60;
end $$;

-- Names and versions of the consent that phones ask for. A phone of before still sends an older one.
create function app.tap_consents() returns text[]
language plpgsql immutable set search_path = '' as $$
begin
  return array['ayuda-1'];
end $$;

-- Whether answers of this secret, which is the first time here or is marked already, are part of a burst.
create function app.is_tap_burst(p_campaign uuid, p_hash text) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  v_known boolean := (select bool_or(t.in_burst) from app.tap_answers t where t.convocatoria_id = p_campaign and t.secret_hash = p_hash);
  v_caller text;
begin
  if v_known is not null then return v_known; end if;
  v_caller := app.caller_hash();
  if v_caller is null then return false; end if;
  return not app.note_call('tap:' || p_campaign, v_caller, app.taps_counted());
end $$;

-- The answers of a payload, {action: yes, partly, no, or null for none}. Refuses anything else, and what is no action in force.
create function app.check_taps(p_campaign uuid, p_answers jsonb) returns void
language plpgsql stable set search_path = '' as $$
begin
  if jsonb_typeof(p_answers) is distinct from 'object' or (select count(*) from jsonb_each(p_answers)) not between 1 and 700
    or exists (select from jsonb_each(p_answers) a where app.parse_uuid(a.key) is null
      or not coalesce(a.value #>> '{}' in ('yes', 'partly', 'no'), jsonb_typeof(a.value) = 'null')) then
    perform app.refuse('malformed_op', 'answers');
  end if;
  if exists (select from jsonb_each(p_answers) a where jsonb_typeof(a.value) <> 'null' and not exists (select from app.parts p
    where p.id = app.parse_uuid(a.key) and p.convocatoria_id = p_campaign and p.kind = 'action' and p.position is not null)) then
    perform app.refuse('part_unknown', 'part_id');
  end if;
end $$;

-- payload {convocatoria_id, withdraw: true} takes all answers of the secret back, at any time. Any other gives some: {convocatoria_id,
-- notice_hash, locale, consented_at, consent, unlinked: {action: answer}}; what stands under `unlinked` is in no receipt (app.op_hash).
-- The entity of the op is an id that the phone makes with the secret, so that its ops keep their order.
create function app.answer_taps(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_payload jsonb := p_op.payload;
  v_hash text := app.sha256_hex(p_op.secret);
  v_campaign app.convocatorias;
  v_burst boolean;
begin
  if p_op.secret !~ '^[A-Za-z0-9_-]{22,64}$' then perform app.refuse('malformed_op', 'secret'); end if;
  if v_payload -> 'withdraw' = 'true' then
    delete from app.tap_answers t
    where t.convocatoria_id = app.parse_uuid(app.text_of(v_payload, 'convocatoria_id')) and t.secret_hash = v_hash;
    return;
  end if;
  v_campaign := app.target_convocatoria(v_payload, 'propuestas');
  perform app.check_window(v_campaign);
  perform app.check_taps(v_campaign.id, v_payload -> 'unlinked');
  if not coalesce(app.text_of(v_payload, 'consent') = any (app.tap_consents()), false) then
    perform app.refuse('consent_missing', 'consents');
  end if;
  perform app.check_support_consent(v_campaign, app.text_of(v_payload, 'notice_hash'), app.text_of(v_payload, 'locale'),
    app.text_of(v_payload, 'consented_at'));
  v_burst := app.is_tap_burst(v_campaign.id, v_hash);
  delete from app.tap_answers t where t.convocatoria_id = v_campaign.id and t.secret_hash = v_hash
    and v_payload #> array['unlinked', t.part_id::text] = 'null';
  insert into app.tap_answers as t (convocatoria_id, secret_hash, part_id, helps, in_burst, consent, notice_id, locale, consented_at)
  select v_campaign.id, v_hash, app.parse_uuid(a.key), a.value #>> '{}', v_burst, v_payload ->> 'consent', v_campaign.notice_id,
    v_payload ->> 'locale', app.parse_instant(v_payload ->> 'consented_at')
  from jsonb_each(v_payload -> 'unlinked') a where jsonb_typeof(a.value) <> 'null'
  on conflict (convocatoria_id, secret_hash, part_id) do update set helps = excluded.helps, consent = excluded.consent,
    notice_id = excluded.notice_id, locale = excluded.locale, consented_at = excluded.consented_at;
end $$;

insert into app.op_kinds (kind, actor, handler) values ('tap.answer', 'citizen', 'answer_taps');

-- The counts of the open data: how many answers are counted and how many are left out by the rule, and for each action its
-- answers, protected. None where nobody answered.
create function app.tap_counts(p_convocatoria uuid) returns setof jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_counted bigint;
  v_excluded bigint;
begin
  select count(*) filter (where not t.in_burst), count(*) filter (where t.in_burst) into v_counted, v_excluded
  from app.tap_answers t where t.convocatoria_id = p_convocatoria;
  if v_counted + v_excluded = 0 then return; end if;
  return next app.open_count('total', 'respuestas', v_counted);
  return next app.open_count('total', 'respuestas_excluidas', v_excluded);
  return next app.open_count('total', 'telefonos_por_red_y_hora', app.taps_counted());
  return query select app.open_count('respuesta', p.number, g.answers[i], (array['si', 'en_parte', 'no'])[i])
    from (select t.part_id, app.protected_counts(array[count(*) filter (where t.helps = 'yes'),
        count(*) filter (where t.helps = 'partly'), count(*) filter (where t.helps = 'no')]) as answers
      from app.tap_answers t where t.convocatoria_id = p_convocatoria and not t.in_burst group by t.part_id) g
    join app.parts p on p.id = g.part_id, generate_series(1, 3) i;
end $$;

-- Deletes the answers of campaigns that ended as many years ago as records are kept, with a receipt.
create function app.forget_taps() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_due record;
  v_count int;
  v_total int := 0;
begin
  for v_due in select c.id, k.amount from app.convocatorias c cross join lateral (select app.kept_for(c, 'keep_records_years') as amount) k
    where c.kind = 'propuestas' and app.end_of_campaign(c) <= app.now() - make_interval(years => k.amount)
      and exists (select from app.tap_answers t where t.convocatoria_id = c.id) limit 500 loop
    delete from app.tap_answers t where t.convocatoria_id = v_due.id;
    get diagnostics v_count = row_count;
    perform app.record_deletion('taps', v_due.id, v_due.amount, v_count);
    v_total := v_total + v_count;
  end loop;
  return v_total;
end $$;
insert into app.due_jobs (position, name, handler) values (28, 'taps_forgotten', 'forget_taps');
