-- What a desk keeps at hand, also without signal: to whom submissions can be assigned, and the ready-made replies that the
-- institution edits.

-- The replies that differ from those of the app. One row; none: all are the app's.
create table app.reply_templates (
  singleton boolean primary key default true check (singleton),
  version int not null default 1,            -- grows with each save
  texts jsonb not null check (jsonb_typeof(texts) = 'object'),   -- by app.template_codes(); '' has no ready-made reply
  saved_at timestamptz not null default app.now(),
  saved_by uuid not null
);
alter table app.reply_templates enable row level security;
comment on table app.reply_templates is
  'Personal data: the member who saved. Readers: staff who read submissions. Kept: for the life of the project. Deleted by:'
  ' nothing.';

-- For which decisions and reasons there are ready-made replies. `duplicate_unnamed` is that of a duplicate whose folio is not
-- written yet.
create function app.template_codes() returns text[]
language sql immutable parallel safe as $$
  select array['accept', 'publish', 'request_correction', 'not_select', 'discriminatory', 'third_party_data', 'propaganda',
    'copyright', 'minor_unauthorised', 'off_topic', 'unintelligible', 'duplicate', 'duplicate_unnamed', 'other']
$$;

-- What is wrong with a reply: a variable that it does not have, or its length. {envio} names the submission, as «tu propuesta»;
-- only the reply to a duplicate has {folio}. src/domain/replyTemplates.ts repeats it.
create function app.template_problem(p_code text, p_text text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return case when char_length(p_text) > 1900 then 'template_too_long'
    when replace(replace(p_text, '{envio}', ''), case when p_code = 'duplicate' then '{folio}' else '{envio}' end, '') ~ '[{}]'
      then 'template_variable' end;
end $$;

create function app.template_answer() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select jsonb_build_object('version', r.version, 'texts', r.texts) from app.reply_templates r),
    '{"version": 0, "texts": {}}');
end $$;

-- Saves the replies that differ from the app's; a code that is not named has the app's again. A caller who saw an older
-- version learns of the newer one (`conflict`) and loses nothing. Refuses the first reply with a problem at its code.
create function public.save_reply_templates(p_expected_version int, p_texts jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_version int;
begin
  if not app.has_role(array['coordinator', 'admin'], null) then perform app.refuse('not_allowed', null, 403); end if;
  perform app.refuse_huge_numbers(p_texts);
  if jsonb_typeof(p_texts) is distinct from 'object' or exists (select from jsonb_each(p_texts) t
      where t.key <> all (app.template_codes()) or jsonb_typeof(t.value) <> 'string') then
    perform app.refuse('malformed_op', 'p_texts', 400);
  end if;
  p_texts := app.canon_json(p_texts);
  perform pg_advisory_xact_lock(hashtextextended('app.reply_templates', 0));
  select r.version into v_version from app.reply_templates r;
  if p_expected_version is distinct from coalesce(v_version, 0) then perform app.refuse('conflict', null, 409); end if;
  perform app.refuse(w.problem, w.code) from (select t.code, app.template_problem(t.code, p_texts ->> t.code) as problem
    from unnest(app.template_codes()) with ordinality t (code, place) order by t.place) w where w.problem is not null;
  insert into app.reply_templates as r (texts, saved_by)
  select coalesce(jsonb_object_agg(t.key, coalesce(app.trimmed(t.value), '')), '{}'), auth.uid() from jsonb_each_text(p_texts) t
  on conflict (singleton) do update set texts = excluded.texts, saved_by = excluded.saved_by, saved_at = app.now(),
    version = r.version + 1;
  return app.template_answer();
end $$;
grant execute on function public.save_reply_templates(int, jsonb) to authenticated;

-- The members who may decide, by name, on campaigns on which the caller decides. `convocatorias`: those; null: all. None for
-- callers who do not decide.
create function app.deciding_members() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', m.user_id, 'name', app.staff_name(m.user_id),
      'convocatorias', case when not m.all_of_them then to_jsonb(m.ids) end) order by app.staff_name(m.user_id), m.user_id), '[]')
  from (select s.user_id, bool_or(s.convocatoria_id is null) as all_of_them, array_agg(s.convocatoria_id) as ids
    from app.staff s where s.active and s.role = any (app.deciders()) and (case when s.convocatoria_id is null
      then app.has_role_somewhere(app.deciders()) else app.has_role(app.deciders(), s.convocatoria_id) end)
    group by s.user_id) m);
end $$;

-- What a desk keeps at hand. Refuses callers without a reading role.
create function public.desk_kit() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('members', app.deciding_members(), 'templates', app.template_answer());
end $$;
grant execute on function public.desk_kit() to authenticated;
