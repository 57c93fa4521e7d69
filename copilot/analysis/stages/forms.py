"""Forms of speech that point to a stage whatever the business: how questions, habits, losses, wishes and plans are put.

They are phrases as word lists hold them, one list per form. Words that a company would change stand in its files.
"""

from __future__ import annotations

from collections.abc import Mapping

QUESTIONS: Mapping[str, str] = {
    "today": """
        how do you, how does, how do the, how do your, how is .. made, how is .. done, how are .. made,
        how are .. done, how are you set up, how .. gets made, how .. gets done, how .. work today, how it works today,
        who does, who makes, who handles, who changes, who looks after, who touches, who else, who is involved,
        who's involved, what do you use, what are you using, which tool*, what tool*, which system*, what system*,
        walk me, walk us, talk me through, talk us through, take me through, take us through, show me how you,
        tell me how, tell me about, what happens after, what happens next, what happens then, what happens between,
        what happens once, where does it go, where do you keep, where does .. live, how many .. do you have,
        how many .. have you, how many people, how many sites, how many teams, how many users, how many .. today,
        today, currently, at the moment, right now, these days, typical day, typical week, typically, usually,
        day to day, describe, step by step, from start to finish, start to finish, take one, which part of,
        what does .. do all day
        """,
    "impact": """
        what happens when, what happens if, go wrong, goes wrong, went wrong, how often does that, how often does it,
        how often do they, what does that cost, what does it cost, what did that cost, what did it cost, cost you,
        costing you, costs you, what does that mean for, what does it do to, what does that do, impact, effect on,
        affect*, led to, lead to, who feels, who suffers, who notices, notice, how bad, what's behind, what is behind,
        why is that, what if nothing, nothing changes, do nothing, stay the same, stays the same, the worst,
        what do you do then, how much time, how much money, how much does, how long does that, keeps you up,
        biggest headache*, biggest problem*, biggest challenge*, biggest pain*, hurt*, frustrat*, feel about that,
        how does that feel, what goes, suffer*, consequence*, fall out, fallout, at risk, painful
        """,
    "future": """
        imagine, picture, suppose, magic wand, ideal, ideally, perfect world, look like, would change,
        would be different, would you do with, what changes, would that free, if that were, if this were, if it all,
        if it worked, if everything, a year from now, months from now, in a year, in six months, day would, week would,
        morning would, what do you see, what would you see, what do you look at, what would you look at,
        what would .. notice, what would your .. say, what would the .. say, how would .. feel, would it mean for your
        """,
    "result": """
        hoping, hope for, achieve, goal*, success*, objective*, matters most, matter most, most important,
        more important, less important, important to you, priorit*, outcome*, worth it, worth to you, be worth,
        big picture, get out of, out of this, rank*, which of, which one, what are you after, after here, a win,
        trying to, what do you want, what would you want, do you want, what has to, would have to change,
        has to have changed, one thing, anything else that, something else, the big one, the main thing,
        mean for the business, mean for your business, what brings you, why now, what made you, in one sentence,
        what would you change, what should
        """,
    "need": """
        need*, must, have to have, required, requirement*, in place, first day, day one, from the start, at the start,
        essential, deal breaker*, dealbreaker*, deal-breaker*, integrat*, security, permission*, capabilit*, at launch,
        first phase, can wait, wait until, non-negotiable, what would it take, without which, nice to have, have to do,
        has to do, have to be able, what else has to, connect to
        """,
    "measure": """
        measur*, track*, report*, number, numbers, figure*, baseline, target, how will you know, how would you know,
        how do you know, how will we know, how would we know, how do we know, who owns, who'd own, who would own,
        who keeps, who counts, who publishes, who pulls, who puts, how often do you look, how often do you report,
        where is it, where is that, where are you, where does it stand, where does that stand, where do you stand,
        need to be, needs to be, would be good, good look like, be a good, count*, indicator*, dashboard, metric*,
        kpi*, early sign*, first sign*, first month, first weeks, first few weeks, how close, how far off, what share,
        what percentage, what proportion, what rate, what is it today, what is that today, what's it today,
        what is it now, what would tell you, what would tell us, what would tell me, come from, live with, down to,
        up to, on average, average, threshold*, what date, how many of, how much of, would it be enough, what level,
        cadence, how high, how low
        """,
    "proof": """
        other customers, other companies, other clients, done this before, done it before, done that before,
        has anyone, has anybody, have others, has another, have other, another company, anyone else, anybody else,
        who else uses, who else has, who else does, anyone like us, somebody like us, someone like us, like ours,
        like us, our size, our industry, reference*, example*, case stud*, prove*, proof, evidence, similar,
        talk to one, speak to one, can i call, can i speak, customer in, customers in, where has, who has done
        """,
    "product": """
        how does it, how does that, how does this, how do you do, how would you, how would it, how would that,
        how will you, how will it, how will that, show me, show us, can you show, makes you different, different from,
        differently from, better than, what if, does the, does it, can it, will it, is it, what happens if,
        how long does it take to, how long would it take, who does the work, who sets, your people, your team,
        do you do, what do you do about, how do you handle
        """,
    "asks_support": """
        do you support, does it support, does it work with, will it work with, do you integrate, does it integrate,
        does it connect, can it connect, can it handle, can it do, can you do, can we, could we, do you have,
        does it have, is there a, is there an, are you certified, is it certified, do you offer, do you do,
        is it possible
        """,
}

STATEMENTS: Mapping[str, str] = {
    "greeting": """
        hi, hello, hey, good morning, good afternoon, good evening, morning, afternoon, evening, bye, goodbye,
        take care, nice to meet, good to meet, great to meet, see you, cheers, talk soon, speak soon, welcome,
        thank you all, thank you both, thank you so much, thank you very much, thanks for, thanks everyone,
        thanks everybody, thanks all, thanks both, have a good, have a great, have a nice, how are you, safe travels,
        enjoy your, joining us, weather
        """,
    "meeting": """
        agenda, minutes left, hard stop, half past, o'clock, calendar, invite, slot, schedule, reschedule, recording,
        mute, on mute, camera, dial in, join, joined, joining, introduce, introductions, run out of time, wrap up,
        next steps, next step, action item*, actions, follow up, follow-up, let me note, note it down, note that down,
        get back to you, circle back, thirty minutes, half an hour, an hour, next call, next meeting, next time we
        """,
    "promise": """
        i'll send, i will send, we'll send, i can send, i'll share, i'll forward, i'll email, i'll mail, i'll set up,
        i'll schedule, i'll book, i'll invite, i'll introduce, i'll draft, i'll prepare, i'll put together, i'll get,
        i'll get back, i'll follow up, i'll find, i'll check, i'll ask, i'll talk to, i'll speak, i'll write,
        i'll ring, i'll call, i'll confirm, i'll bring, i'll have, i'll do, i'll arrange, i'll pull, we'll set up,
        we'll schedule, let me send, let me check, let me get back, let me find, could you send, can you send,
        would you send, could you share, please send, could we get, can we get, could you get, set up a call,
        set that up, send me, send you, send us, send over, by friday, by monday, by tuesday, by wednesday,
        by thursday, by tomorrow, by the end of next week, you'll have, you will have
        """,
    "commercial": """
        price, prices, pricing, discount*, contract, procurement, legal team, msa, nda, a quote, proposal,
        license fee*, licence fee*, per user, per seat, purchase order, guarantee*, cancellation,
        what would it cost us, what do you charge, your price, renewal terms, budget, renewal date, the renewal, renew,
        package, tier, service credit*, present terms, extend you, commercial side
        """,
    "conditional": """
        would, could, might, i'd, we'd, they'd, he'd, she'd, it'd, you'd, that'd, there'd, wouldn't, couldn't
        """,
    "if": """
        if, imagine, picture, suppose, ideally, in an ideal, in a perfect, a year from now, once it, once that,
        once this, once we, once you
        """,
    "no_longer": """
        no longer, any more, anymore, without having, without needing, without asking, without calling,
        without ringing, without waiting, without chasing, by itself, by themselves, on its own, on their own,
        instead of, at a glance, in one place, one page, one place, one view, one screen, not have to,
        wouldn't have to, before it, before they
        """,
    "habit": """
        usually, typically, normally, generally, mostly, every day, every week, every month, every morning,
        every evening, every time, every quarter, every friday, every monday, each day, each week, each month,
        each team, each site, each one, each of, today, currently, right now, at the moment, these days, still, then,
        by hand, on paper, in a spreadsheet, spreadsheet*, in excel, by email, by phone, by text, in the system,
        in the computer, in a notebook, on a whiteboard, whiteboard, and then, ahead, in advance, there is, there's,
        there are
        """,
    "we_do": """
        we use, we run, we keep, we send, we enter, we type, we copy, we paste, we fill, we print, we mail, we email,
        we call, we export, we put, we pull, we take, we go, we get, we write, we start, we check, we have, we've got,
        we do, we work, we meet, we review, we build, we track, we update, we hand, we pass, we log, we book, we make,
        they use, they run, they keep, they send, they enter, they type, they copy, they fill, they print, they mail,
        they email, they call, they put, they pull, they take, they go, they get, they write, they check, they have,
        they do, they work, they make, they swap, they update, i use, i run, i keep, i send, i type, i copy, i paste,
        i put, i pull, i write, i check, i make, i have, i look, i listen, i print, i ring, i call, our team, my team,
        our people, my people, somebody, someone, everybody, everyone
        """,
    "cost": """
        cost, costs, costing, lose, loses, losing, lost, waste, wastes, wasted, wasting, spent, spend, spending, pay,
        pays, paying, paid, fine, fines, fined, penalty, penalties, overtime, burn*, quit*, resign*, leaving, left us,
        angry, complain*, hate, hates, hated, frustrat*, pain*, nightmare, miss, missed, misses, missing, late, delay*,
        wrong, mistake*, error*, fail*, risk*, worr*, hurt*, suffer*, embarrass*, trouble, problem*, stuck, sorry,
        ouch, escalat*, churn*, broke, broken, breaks, stopped, stops, down, accident*, harm, injur*, short, too long,
        too late, on hold, stood still, not signed, by hand again, forever, behind, blame*, chase, chasing, furious,
        afraid, scared, tired, exhausted, gave up, never came back, not come back, went elsewhere, twice, rework, redo,
        again and again
        """,
    "negative": """
        not, never, no one, nobody, nothing, can't, cannot, don't, doesn't, didn't, won't, no, isn't, aren't, wasn't,
        hasn't, haven't
        """,
    "must": """
        must, has to, have to, had to, need, needs, needed, requir*, without it, without that, without the, won't let,
        won't go, won't buy, won't sign, only if, essential, mandatory, deal breaker*, deal-breaker*, non-negotiable,
        otherwise, unless, forbidden, not allowed, certified, certificate, it should, they should, allowed
        """,
    "phase": """
        day one, first day, from the start, at the start, from the first day, later, later on, can wait, second step,
        second phase, phase two, phase one, first phase, not immediately, after the summer, next year, in the autumn,
        in the spring, eventually, straight away, right away, to begin with, at launch, next phase
        """,
    "wish": """
        want, wants, wanted, would like, i'd like, we'd like, i'd love, we'd love, hope, hoping, goal, goals,
        trying to, wish, aim, priority, priorities, success, dream
        """,
    "ranking": """
        number one, most important, matters most, first, second, third, above all, top of, the big one, the main thing,
        by far, by a mile, comes first, comes second, comes third, is first, is second, priority, more than anything,
        before anything, nothing else comes
        """,
    "direction": """
        down, fewer, less, lower, faster, quicker, sooner, higher, reduc*, cut, cuts, cutting, increas*, grow*,
        improv*, better, shorter, save, saves, saving, savings, win more, double, halve, safe, safer, no more
        """,
    "measure": """
        measur*, track, tracks, tracked, tracking, report, reports, reported, baseline, target, percent, per cent,
        average, dashboard, survey*, kpi*, metric*, monthly, weekly, quarterly, count, counts, counted, number,
        numbers, figure, figures, owns, on the board, board pack, each friday, each monday, every week, every month,
        return, spreadsheet of, log of, it's mine, keeps it
        """,
    "we_product": """
        we do, we have, we've got, we offer, we provide, we built, we've built, we call it, we support, we integrate,
        we connect, we let, we give, we show, we pull, we sync, we handle, we run, we load, we start, we put, we sit,
        we just, we'd do, we would do, we'd start, we begin, we'd begin, what we do, our platform, our product,
        our tool, our system, our app, our approach, our people, our customers, one of our people, the platform,
        the product, the app, the tool, it's called, it tells, it shows, it sends, it pulls, it flags, it learns,
        it works, it connects, it loads, it syncs, it takes, it'll tell, it will tell, comes with, module, dashboards,
        feature, features, assistant, release*, launched, announced
        """,
    "you_get": """
        you get, you'll get, you see, you'll see, you have, you've got, you can, you click, you drag, you choose,
        you pick, you set, you create, you build, you open, you add, you start, you just, you never, you simply,
        you literally, you could, you'd, your people can, let me show, this is where, this is how, here you, and here,
        so here, for you
        """,
    "elsewhere": """
        customers of ours, customer of ours, customers like, customers in, another customer, another client,
        another company, one of our customers, one of our clients, companies like, they went, they cut, they saw,
        they reduced, they had, they started, they got, they saved, they were, they told, they run, they rolled,
        we've got a, analyst*, benchmark*, study, studies, reference*, in production, similar, about your size,
        your size, same size, a bank in, a hospital in, a retailer in, a manufacturer in, a plant in, a company in,
        a maker in, the first year, in two years, in a year, talk to them, the industry, their chief, their head,
        their team, their own
        """,
    "restating": """
        what i'm hearing, what i hear, if i understand, let me say it back, let me play, let me read, let me recap,
        let me repeat, let me make sure, say it back, i've heard, to recap, in other words, sounds like, you said,
        you mentioned, did i get, so the goal, that's the goal, really the goal, so it's, so you'd like, so you want
        """,
    "small": """
        ha, haha, wow, love it, love that, lovely, sounds good, perfect, great, fair enough, no worries, never mind,
        by the way, sure thing
        """,
}
