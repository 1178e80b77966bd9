-- Moves the demonstration's calendar by the whole weeks since it was seeded, so that its campaigns stay open and
-- keep their weekdays. Leaves alone what people decided: a campaign of which staff published more than texts and
-- insumos, with its milestones and jornadas, and a jornada that was rescheduled. The first run only records the week.

with moved as (
  update supabase_migrations.demo_calendar d set week = date_trunc('week', app.local_day(app.now()) - 3)::date
  from supabase_migrations.demo_calendar former   -- the row before the update
  where d.week = former.week and d.week < date_trunc('week', app.local_day(app.now()) - 3)::date
  returning d.week - former.week as days
), unsaved as (
  select c.id, m.days from moved m, app.convocatorias c
  where c.id in ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000c2',
      '00000000-0000-4000-8000-0000000000c3')
    and not exists (select from app.convocatoria_events e where e.convocatoria_id = c.id
      and (e.kind <> 'changed' or e.changes = '{}' or e.changes - array['textos', 'insumos'] <> '{}'))
), campaigns as (
  update app.convocatorias c set opens_at = c.opens_at + make_interval(days => u.days),
    closes_at = c.closes_at + make_interval(days => u.days), inputs_on = c.inputs_on + u.days,
    results_on = c.results_on + u.days, answer_by = c.answer_by + u.days
  from unsaved u where c.id = u.id
), milestones as (
  update app.milestones m set on_day = m.on_day + u.days, until_day = m.until_day + u.days
  from unsaved u where m.convocatoria_id = u.id
)
update app.jornadas j set on_day = j.on_day + u.days, starts_at = j.starts_at + make_interval(days => u.days),
  ends_at = j.ends_at + make_interval(days => u.days)
from unsaved u where j.convocatoria_id = u.id and j.sequence = 0;

insert into supabase_migrations.demo_calendar (week)
select date_trunc('week', app.local_day(app.now()) - 3)::date
where not exists (select from supabase_migrations.demo_calendar);
