-- The leads as an export of 1 July 2025 would have shown them: nothing that was filled in later.
WITH later AS (
  SELECT lead_id, field, old_value, MIN(changed_at) FROM changes
  WHERE changed_at >= '2025-07-01' GROUP BY lead_id, field
)
SELECT l.lead_id, l.created_at, l.name, l.email,
  CASE WHEN p.lead_id IS NULL THEN l.phone ELSE p.old_value END AS phone,
  l.title, l.account_id, l.company, l.country, l.language, l.industry,
  CASE WHEN e.lead_id IS NULL THEN l.employees ELSE e.old_value END AS employees,
  l.size_band, l.product_interest, l.source, l.campaign, l.sessions_before, l.seconds_on_site,
  l.consent, CASE WHEN b.lead_id IS NULL THEN l.budget ELSE b.old_value END AS budget, l.fax, l.owner,
  CASE WHEN l.closed_at < '2025-07-01' THEN l.onboarding_owner END AS onboarding_owner,
  CASE WHEN l.closed_at < '2025-07-01' THEN l.stage ELSE 'open' END AS stage,
  CASE WHEN l.closed_at < '2025-07-01' THEN l.closed_at END AS closed_at
FROM leads l
LEFT JOIN later p ON p.lead_id = l.lead_id AND p.field = 'phone'
LEFT JOIN later e ON e.lead_id = l.lead_id AND e.field = 'employees'
LEFT JOIN later b ON b.lead_id = l.lead_id AND b.field = 'budget'
WHERE l.created_at < '2025-07-01'
