package io.weir.adspend.merchant;

import io.weir.adspend.Money;
import io.weir.adspend.budget.CapStep;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.cap.CapScope;
import io.weir.adspend.cap.Cause;
import io.weir.adspend.cap.Position;
import io.weir.schemas.CapCause;
import io.weir.schemas.CapState;
import io.weir.schemas.CapStatus;
import io.weir.schemas.SpendNotice;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Looks at the caps of today, and says what has changed. */
final class Caps {

    private final Books books;
    private final AdspendRules rules;
    private final MerchantOutput out;

    Caps(Books books, AdspendRules rules, MerchantOutput out) {
        this.books = books;
        this.rules = rules;
        this.out = out;
    }

    /**
     * Looks at a merchant and one of its campaigns, on whose day of today something has happened.
     *
     * @param campaign null for none
     * @param now milliseconds UTC
     */
    void look(
            Merchant merchant,
            String campaign,
            MerchantDay whole,
            ScopeDay part,
            Cause cause,
            String causedBy,
            long now) {
        DayTerms terms = merchant.terms(merchant.today());
        if (terms.currency().isEmpty()) {
            return;
        }
        boolean said = look(
                new Look(merchant, null, cause, causedBy, now), whole.scope(), terms.caps(), whole.billedNanos(terms));
        if (campaign != null) {
            said |= look(new Look(merchant, campaign, cause, causedBy, now), part, terms.caps(campaign));
        }
        if (said) {
            books.merchants().put(merchant);
        }
    }

    /** Looks at all caps of a merchant, which must be put afterwards. */
    void lookAtAll(Merchant merchant, Cause cause, String causedBy, long now) {
        LocalDate today = merchant.today();
        DayTerms terms = merchant.terms(today);
        if (terms.currency().isEmpty()) {
            return;
        }
        MerchantDay known = books.days().merchant(merchant.id(), today);
        MerchantDay whole = known == null ? MerchantDay.empty(terms) : known;
        look(new Look(merchant, null, cause, causedBy, now), whole.scope(), terms.caps(), whole.billedNanos(terms));
        Set<String> campaigns = new TreeSet<>(terms.campaigns());
        merchant.caps().keySet().stream().filter(name -> name != null).forEach(campaigns::add);
        for (String campaign : campaigns) {
            ScopeDay part = books.days().campaign(merchant.id(), today, campaign, terms);
            look(new Look(merchant, campaign, cause, causedBy, now), part, terms.caps(campaign));
        }
        forgetUnnamed(merchant, terms);
    }

    /** Campaigns come and go: what no budget of today names, and is open, has been said and need not be kept. */
    private static void forgetUnnamed(Merchant merchant, DayTerms terms) {
        List<String> unnamed = merchant.caps().entrySet().stream()
                .filter(cap -> cap.getKey() != null && !cap.getValue().capped())
                .map(Map.Entry::getKey)
                .filter(campaign -> !terms.campaigns().contains(campaign))
                .toList();
        unnamed.forEach(merchant::forgetCap);
    }

    private record Look(Merchant merchant, String campaign, Cause cause, String causedBy, long now) {}

    private boolean look(Look look, ScopeDay day, List<CapStep> caps) {
        return look(look, day, caps, day.account().billedNanos(caps));
    }

    private boolean look(Look look, ScopeDay day, List<CapStep> caps, long billed) {
        Merchant merchant = look.merchant();
        Position position = new Position(day.account().capNanos(caps), billed, day.lastPriceNanos());
        CapScope before = merchant.caps().get(look.campaign());
        if (before == null && look.campaign() != null && !position.isCapped()) {
            return false;
        }
        CapScope.Step step = before == null
                ? CapScope.first(position, merchant.today(), merchant.forgottenSequence())
                : before.next(position, merchant.today(), look.cause(), rules.reopen());
        if (step.said().isPresent() || !step.notices().isEmpty()) {
            say(look, day, step, caps.get(caps.size() - 1).capMicros(), position);
        }
        boolean changed = !step.after().equals(before);
        if (changed) {
            merchant.cap(look.campaign(), step.after());
        }
        return changed;
    }

    private void say(Look look, ScopeDay day, CapScope.Step step, Long cap, Position position) {
        OptionalLong exhaustion = exhaustion(look, day, position, step.after());
        step.said().ifPresent(cause -> out.cap(status(look, step.after(), cause, cap, position, exhaustion)));
        for (int percent : step.notices()) {
            out.notice(notice(look, percent, position, exhaustion));
        }
    }

    /** At the pace of the last minutes, if that is still today. */
    private static OptionalLong exhaustion(Look look, ScopeDay day, Position position, CapScope scope) {
        if (scope.capped() || !position.isCapped()) {
            return OptionalLong.empty();
        }
        OptionalLong reached = day.pace().reaches(position.remainingNanos());
        long end = look.merchant().counting().calendar().endOf(look.merchant().today());
        return reached.isPresent() && reached.getAsLong() < end ? reached : OptionalLong.empty();
    }

    private static CapStatus status(
            Look look, CapScope scope, Cause cause, Long cap, Position position, OptionalLong exhaustion) {
        CapStatus status = new CapStatus();
        status.setMerchantId(look.merchant().id());
        status.setCampaignId(look.campaign());
        status.setDay(scope.day().toString());
        status.setTimeZone(zone(look.merchant()));
        status.setState(scope.capped() ? CapState.CAPPED : CapState.OPEN);
        status.setCapMicros(cap);
        status.setBilledMicros(Money.floorMicros(position.billedNanos()));
        status.setRemainingMicros(
                position.isCapped() ? Long.valueOf(Money.floorMicros(position.remainingNanos())) : null);
        status.setSequence(scope.sequence());
        status.setCause(CapCause.valueOf(cause.name()));
        status.setCausedBy(cause == Cause.DAY_ROLLOVER ? null : look.causedBy());
        status.setDecidedAt(Instant.ofEpochMilli(look.now()));
        status.setExpectedExhaustionAt(instant(exhaustion));
        return status;
    }

    private static SpendNotice notice(Look look, int percent, Position position, OptionalLong exhaustion) {
        SpendNotice notice = new SpendNotice();
        notice.setMerchantId(look.merchant().id());
        notice.setCampaignId(look.campaign());
        notice.setDay(look.merchant().today().toString());
        notice.setTimeZone(zone(look.merchant()));
        notice.setPercent(percent);
        notice.setCapMicros(Money.floorMicros(position.capNanos()));
        notice.setBilledMicros(Money.floorMicros(position.billedNanos()));
        notice.setRemainingMicros(Money.floorMicros(position.remainingNanos()));
        notice.setDecidedAt(Instant.ofEpochMilli(look.now()));
        notice.setExpectedExhaustionAt(instant(exhaustion));
        return notice;
    }

    private static String zone(Merchant merchant) {
        return merchant.counting().calendar().zoneOf(merchant.today()).getId();
    }

    private static Instant instant(OptionalLong millis) {
        return millis.isPresent() ? Instant.ofEpochMilli(millis.getAsLong()) : null;
    }
}
