import { Link } from '../router';
import { Icon } from '../ui/Icon';
import { say } from '../words';

/** A place that does not exist, and the way out. */
export function Lost({ title, detail }: { title: string; detail: string }) {
  return (
    <div class="lost" data-testid="lost">
      <span class="empty-icon">
        <Icon name="link" size={24} />
      </span>
      <h1>{title}</h1>
      <p>{detail}</p>
      <Link to="/" class="button button-plain">
        {say('app.toHome')}
      </Link>
    </div>
  );
}
