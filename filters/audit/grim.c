/* grim: no whole number over the base gives the stated rate at its precision. It
 * speaks only where the base is small against the precision: over 30 there is no
 * 97.5 %, over 3,000 there is every rate of one digit. */
#include "audit.h"

static struct ratio percent_of(int64_t k, int64_t n)
{
	return ratio_int(100 * k, n);
}

bool grim_audit(struct audit *a, const struct item *p, const struct item *base, bool named)
{
	struct decimal v = base->f->value.value;
	struct claim c = {.kind = "grim", .holds = HOLDS_NO, .stated = p->value,
		.stated_text = item_surface(&a->scene, p), .unit = "%"};
	int64_t n;

	if (base->f->kind != FACT_COUNT || !p->exact || !base->exact || !decimal_to_int(v, &n) || n <= 0
	    || n > 1000000 || ratio_cmp(p->value, ratio_int(100, 1)) > 0)
		return false;
	struct ratio at = ratio_div(ratio_mul(p->value, ratio_int(n, 1)), ratio_int(100, 1));
	int64_t k = (int64_t)(at.n / at.d);
	c.whole = item_surface(&a->scene, base);
	for (int64_t j = k > 0 ? k - 1 : 0; j <= k + 2 && j <= n; j++) {
		if (!range_meet(item_cut(&a->scene, p), range_point(percent_of(j, n))))
			continue;
		/* one step of the base is more than the precision: that it fits says something */
		if (!named || ratio_cmp(percent_of(1, n), item_ulp(p)) <= 0)
			return false;
		c.holds = range_meet(item_said(&a->scene, p), range_point(percent_of(j, n))) ? HOLDS_YES : HOLDS_ROUNDING;
		c.computed = percent_of(j, n);
		c.part = audit_text(a, "%lld", (long long)j);
		claim_item(&c, p);
		claim_item(&c, base);
		audit_find(a, &c);
		return true;
	}
	if (!named) {
		audit_drop(a, "grim", p, base, "no whole number over it gives the rate: hardly its base");
		return true;
	}
	struct str x = audit_number(a, percent_of(k, n), "%");
	struct str y = audit_number(a, percent_of(k < n ? k + 1 : n, n), "%");
	c.bases = audit_text(a, "%lld/%lld=%.*s, %lld/%lld=%.*s", (long long)k, (long long)n, STR_ARG(x),
		(long long)(k < n ? k + 1 : n), (long long)n, STR_ARG(y));
	c.computed = ratio_cmp(ratio_sub(p->value, percent_of(k, n)), ratio_sub(percent_of(k + 1, n), p->value)) <= 0
		? percent_of(k, n) : percent_of(k + 1, n);
	claim_item(&c, p);
	claim_item(&c, base);
	audit_find(a, &c);
	return true;
}
