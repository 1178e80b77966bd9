-- The mesa of a consultation: the meeting where its results are talked over. People take the seats of another campaign, whose kind
-- says which days it has (app.campaign_kinds.days_function); nothing of seats is here (docs/decisions/0098).

-- `data`, the working copy: {meeting_id, title, lead, agenda: [{id, title, minute, at}], findings: [id], recording,
-- recording_insumo}. `minute` is expected, counted from the beginning; `at` is its minute in the recording.
create table app.mesas (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  version int not null default 1,
  data jsonb not null check (jsonb_typeof(data) = 'object' and octet_length(data::text) <= 65536),
  saved_at timestamptz not null default app.now(),
  saved_by uuid not null,
  meeting_id uuid references app.convocatorias on delete set null,   -- of what is public, as are the next ones
  published jsonb,                 -- {title, lead, agenda, findings: [{title, count}], recording, insumo_id}
  published_at timestamptz,
  published_by uuid,
  check ((published is null) = (published_at is null) and (published is null) = (published_by is null))
);
create index on app.mesas (meeting_id);
alter table app.mesas enable row level security;
comment on table app.mesas is
  'Personal data: the members who wrote and published. Readers: staff of the campaign; everybody what was published, without those'
  ' names. Kept: with its campaign. Deleted by: public.delete_convocatoria.';
create trigger log_change after insert or update or delete on app.mesas
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');

-- The days of a public campaign on which people come; null where it is none.
create function app.days_of_meeting(p_meeting uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.call_kind_function(k.days_function, c.id) from app.convocatorias c join app.campaign_kinds k on k.kind = c.kind
    where c.id = p_meeting and c.published and k.days_function is not null);
end $$;

-- Problems ------------------------------------------------------------------------------------------------

-- A point of the agenda.
create function app.agenda_problems(p_item jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_field text := 'agenda-' || (p_item ->> 'id');
begin
  if app.parse_uuid(p_item ->> 'id') is null then return app.problem('agenda', 'malformed_op', 'wrong'); end if;
  return app.text_problems(p_item, 'title', 160, true, v_field || '-title')
    || app.number_problems(p_item, 'minute', 0, 1440, true, v_field || '-minute')
    || app.number_problems(p_item, 'at', 0, 1440, false, v_field || '-at');
end $$;

-- The findings of the draft; null for what is no list of the campaign's findings.
create function app.mesa_findings(p_convocatoria uuid, p_data jsonb) returns uuid[]
language plpgsql stable set search_path = '' as $$
declare
  v_ids uuid[];
begin
  if coalesce(jsonb_typeof(p_data -> 'findings'), 'null') = 'null' then return '{}'; end if;
  if jsonb_typeof(p_data -> 'findings') <> 'array' or jsonb_array_length(p_data -> 'findings') > 60 then return null; end if;
  v_ids := array(select app.parse_uuid(e.value #>> '{}') from jsonb_array_elements(p_data -> 'findings') e);
  return case when (select count(*) from app.findings f
    where f.id = any (v_ids) and f.convocatoria_id = p_convocatoria) = cardinality(v_ids) then v_ids end;
end $$;

-- The recording is a page elsewhere or a sound that the campaign published among its insumos, not both.
create function app.recording_problems(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return app.text_problems(p_data, 'recording', 500, false)
    || case when app.kept_text(p_data, 'recording') !~ '^https://[^[:space:]]+$' then app.problem('recording', 'link_invalid', 'wrong') end
    || case when coalesce(jsonb_typeof(p_data -> 'recording_insumo'), 'null') <> 'null'
        and (app.kept_text(p_data, 'recording') is not null or not exists (select from app.insumos i where i.kind = 'audio'
          and i.id = app.parse_uuid(p_data ->> 'recording_insumo') and i.convocatoria_id = p_convocatoria))
      then app.problem('recording_insumo', 'malformed_op', 'wrong') end;
end $$;

-- Every problem of a draft: `wrong` refuses saving it, `missing` refuses publishing it. Findings and their counts are public only
-- once nothing more is received, as every total.
create function app.mesa_problems(p_campaign app.convocatorias, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.list_problems(p_data, 'agenda', 40);
  v_findings uuid[] := app.mesa_findings(p_campaign.id, p_data);
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  if v_findings is null then return app.problem('findings', 'malformed_op', 'wrong'); end if;
  return app.text_problems(p_data, 'title', 120, true) || app.text_problems(p_data, 'lead', 600, true)
    || case when app.days_of_meeting(app.parse_uuid(p_data ->> 'meeting_id')) is null
      then app.problem('meeting_id', 'meeting_required', 'missing') end
    || case when not exists (select from app.items_of(p_data, 'agenda')) then app.problem('agenda', 'text_required', 'missing') end
    || coalesce((select array_agg(x order by i.place) from app.items_of(p_data, 'agenda') i, unnest(app.agenda_problems(i.item)) x), '{}')
    || case when v_findings <> '{}' and app.now() < app.received_until(p_campaign)
      then app.problem('findings', 'still_receiving', 'missing') end
    || app.recording_problems(p_campaign.id, p_data);
end $$;

-- What everybody reads ----------------------------------------------------------------------------------------

-- The public form of a draft. The findings are as they stand now, each with how many proposals it has.
create function app.mesa_document(p_convocatoria uuid, p_data jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('title', app.kept_text(p_data, 'title'), 'lead', app.kept_text(p_data, 'lead'),
    'agenda', (select coalesce(jsonb_agg(jsonb_build_object('title', app.kept_text(i.item, 'title'), 'minute', i.item -> 'minute',
      'at', i.item -> 'at') order by i.place), '[]') from app.items_of(p_data, 'agenda') i),
    'findings', (select coalesce(jsonb_agg(jsonb_build_object('title', f.title, 'count', coalesce(n.count, 0)) order by w.place), '[]')
      from unnest(app.mesa_findings(p_convocatoria, p_data)) with ordinality w (id, place)
      join app.findings f on f.id = w.id and f.removed_at is null
      left join (select s.finding_id, count(distinct s.submission_id) from app.sorted_in(p_convocatoria) s group by 1) n
        on n.finding_id = f.id),
    'recording', app.kept_text(p_data, 'recording'), 'insumo_id', app.parse_uuid(p_data ->> 'recording_insumo'));
end $$;

-- The campaign whose seats people take: {id, slug, title, opens_at, closes_at, days}; null while it is not public.
create function app.mesa_meeting(p_meeting uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', c.id, 'slug', c.slug, 'title', c.title, 'opens_at', c.opens_at, 'closes_at', c.closes_at,
    'days', app.days_of_meeting(c.id)) from app.convocatorias c where c.id = p_meeting and app.days_of_meeting(c.id) is not null);
end $$;

-- The mesa of a public consultation: {at, mesa, meeting, acta}; null before there is one.
create function public.campaign_mesa(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.unless_known((select jsonb_build_object('at', m.published_at, 'mesa', m.published, 'meeting', app.mesa_meeting(m.meeting_id),
    'acta', app.public_acta(p_convocatoria))
  from app.mesas m join app.convocatorias c on c.id = m.convocatoria_id and c.published
  where m.convocatoria_id = p_convocatoria and m.published is not null));
end $$;
grant execute on function public.campaign_mesa(uuid) to anon, authenticated;
