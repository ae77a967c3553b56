package org.everytake.studio.people.oidc;

/** Why somebody could not be signed in by the provider. The message is for the log and holds no secret. */
public final class OidcTrouble extends Exception {
    private static final long serialVersionUID = 1;

    /** What the page says, by the words of docs/api.md. */
    public enum Problem {
        REFUSED("oidc-refused"),
        STALE("oidc-stale"),
        INVALID("oidc-invalid"),
        UNVERIFIED("oidc-unverified"),
        UNKNOWN("oidc-unknown"),
        AWAY("oidc-away");

        private final String word;

        Problem(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private final Problem problem;

    public OidcTrouble(Problem problem, String why) {
        super(why);
        this.problem = problem;
    }

    OidcTrouble(Problem problem, String why, Throwable cause) {
        super(why, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
