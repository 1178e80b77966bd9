-- Whom a series of jornadas invites: the liaisons of bodies that may register and have not. Each body gets one invitation and
-- one reminder of a campaign, whatever becomes of the letters.

create table app.body_letters (
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  body_id uuid not null references app.sujetos_obligados on delete cascade,
  kind text not null check (kind in ('invitation', 'reminder')),
  at timestamptz not null default app.now(),
  primary key (convocatoria_id, body_id, kind)
);
create index on app.body_letters (body_id);
alter table app.body_letters enable row level security;
comment on table app.body_letters is
  'Personal data: none. Readers: staff of the campaign. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

-- The days of a group that are still to come, as letters list them.
create function app.days_to_come(p_group uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select string_agg(app.jornada_line(j), E'\n' order by j.on_day, j.position) from app.jornadas j
    where j.group_id = p_group and j.cancelled_at is null and not app.has_begun(j));
end $$;

-- The letter to a liaison: {subject, body}. p_body: how its body is called.
create function app.liaison_letter(p_campaign app.convocatorias, p_group app.jornada_groups, p_body text, p_kind text)
returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('subject', format(case p_kind when 'invitation' then 'Invitación: %s' else 'Recordatorio: %s' end,
      p_campaign.title),
    'body', format(E'%s\n\n%s\n\nLa inscripción cierra el %s. Se hace aquí:\n{{app}}/c/%s\n\n%s',
      format(case p_kind
        when 'invitation' then 'Le escribimos como enlace de %s. Su institución puede inscribir a su personal en «%s», %s.'
        else 'Le escribimos como enlace de %s. Todavía no tenemos inscripciones de su institución en «%s», %s.' end,
        p_body, p_campaign.title, p_group.name),
      coalesce(app.days_to_come(p_group.id), 'Las fechas están por confirmar.'), app.spanish_instant(p_campaign.closes_at),
      p_campaign.slug, case p_kind when 'invitation' then 'Si usted ya no es el enlace, avise a nuestro contacto de ayuda.'
        else 'Es el único recordatorio. Si su institución no va a asistir, no tiene que hacer nada.' end));
end $$;

create type app.uninvited as (body_id uuid, name text, group_id uuid, email text, state text);

-- The active bodies of the campaign's groups without a registration that counts. `state`: `no_address`; `stopped`, letters do
-- not go there; `invite` and `remind`, due; `waits`, invited less than three days ago; `done`.
create function app.uninvited_bodies(p_convocatoria uuid) returns setof app.uninvited
language plpgsql stable set search_path = '' as $$
begin
  return query select b.id, b.name, e.group_id, l.email, case
    when l.email is null then 'no_address'
    when r.at is not null then 'done'
    when not app.may_write(app.address_key(l.email), 'deadline') then 'stopped'
    when i.at is null then 'invite'
    when i.at > app.now() - interval '3 days' then 'waits'
    else 'remind' end
  from app.group_classes e join app.sujetos_obligados b on b.class_key = e.class_key and b.active
  left join app.body_liaisons l on l.body_id = b.id
  left join app.body_letters i on i.convocatoria_id = p_convocatoria and i.body_id = b.id and i.kind = 'invitation'
  left join app.body_letters r on r.convocatoria_id = p_convocatoria and r.body_id = b.id and r.kind = 'reminder'
  where e.convocatoria_id = p_convocatoria and not exists (select from app.registrations o
    join app.submissions s on s.id = o.submission_id
    where o.body_id = b.id and s.convocatoria_id = p_convocatoria and s.state <> 'withdrawn' and s.quarantined_at is null);
end $$;

-- Whom a campaign invited, for who reads its submissions: {can_send, groups: [{id, name, bodies, counts: {state: how many},
-- letters: {invitation, reminder}, missing: [{name, state}]}]}. `missing` names the first 500 without a registration. The
-- letters are those that leave, with another body's name.
create function public.liaison_figures(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias;
  v_all app.uninvited[];
begin
  select * into v_campaign from app.convocatorias c where c.id = p_convocatoria and c.published;
  if not app.has_role(app.readers(), v_campaign.id) then perform app.refuse('not_allowed', null, 403); end if;
  v_all := array(select u from app.uninvited_bodies(p_convocatoria) u);
  return jsonb_build_object('title', v_campaign.title,
    'can_send', app.has_role(app.editors(), p_convocatoria) and app.now() >= v_campaign.opens_at and app.now() < v_campaign.closes_at,
    'groups', (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name,
        'bodies', (select count(*)::int from app.group_classes e join app.sujetos_obligados b on b.class_key = e.class_key
          and b.active where e.group_id = g.id),
        'counts', (select coalesce(jsonb_object_agg(n.state, n.count), '{}') from (select u.state, count(*) as count
          from unnest(v_all) u where u.group_id = g.id group by u.state) n),
        'missing', (select coalesce(jsonb_agg(jsonb_build_object('name', u.name, 'state', u.state) order by u.name), '[]')
          from (select * from unnest(v_all) o where o.group_id = g.id order by o.name limit 500) u),
        'letters', jsonb_build_object('invitation', app.liaison_letter(v_campaign, g, 'su institución', 'invitation'),
          'reminder', app.liaison_letter(v_campaign, g, 'su institución', 'reminder'))) order by g.position), '[]')
      from app.jornada_groups g where g.convocatoria_id = p_convocatoria));
end $$;
grant execute on function public.liaison_figures(uuid) to authenticated;

-- Writes to the liaisons of a group to whom an `invitation` or a `reminder` is due, up to 100 a call. A campaign that is not
-- open invites nobody. Answers {sent, left}.
create function public.write_to_liaisons(p_group uuid, p_kind text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_group app.jornada_groups;
  v_campaign app.convocatorias;
  v_state text := case p_kind when 'invitation' then 'invite' when 'reminder' then 'remind' end;
  v_body app.uninvited;
  v_letter jsonb;
  v_sent int := 0;
begin
  select * into v_group from app.jornada_groups g where g.id = p_group;
  select * into v_campaign from app.convocatorias c where c.id = v_group.convocatoria_id and c.published for update;
  if not app.has_role(app.editors(), v_campaign.id) or v_campaign.id is null then perform app.refuse('not_allowed', null, 403); end if;
  if v_state is null then perform app.refuse('malformed_op', 'p_kind', 400); end if;
  if app.now() < v_campaign.opens_at then perform app.refuse('convocatoria_not_open', null, 409); end if;
  if app.now() >= v_campaign.closes_at then perform app.refuse('convocatoria_closed', null, 409); end if;
  for v_body in select u.* from app.uninvited_bodies(v_campaign.id) u where u.group_id = p_group and u.state = v_state
      order by u.name, u.body_id limit 100 loop
    v_letter := app.liaison_letter(v_campaign, v_group, v_body.name, p_kind);
    insert into app.body_letters (convocatoria_id, body_id, kind) values (v_campaign.id, v_body.body_id, p_kind);
    perform app.queue_mail(v_body.email, v_letter ->> 'subject', v_letter ->> 'body', app.now(), p_class => 'deadline',
      p_misses => v_campaign.closes_at);
    v_sent := v_sent + 1;
  end loop;
  if v_sent > 0 then
    insert into app.letter_acts (actor_id, kind, about, convocatoria_id) values (auth.uid(),
      case p_kind when 'invitation' then 'invited' else 'reminded' end,
      case v_sent when 1 then '1 institución' else format('%s instituciones', v_sent) end, v_campaign.id);
  end if;
  return jsonb_build_object('sent', v_sent, 'left', (select count(*)::int from app.uninvited_bodies(v_campaign.id) u
    where u.group_id = p_group and u.state = v_state));
end $$;
grant execute on function public.write_to_liaisons(uuid, text) to authenticated;
